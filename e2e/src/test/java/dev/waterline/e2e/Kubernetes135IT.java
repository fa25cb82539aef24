package dev.waterline.e2e;

import dev.waterline.testbed.junit.TestbedExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API server of the testbed as a 1.35. */
class Kubernetes135IT extends OlderKubernetes {
    @RegisterExtension
    static final TestbedExtension TESTBED =
            TestbedExtension.with(apiServerOnly().withApiServerArguments("--emulated-version=1.35"));

    @Override
    String minor() {
        return "35";
    }
}
