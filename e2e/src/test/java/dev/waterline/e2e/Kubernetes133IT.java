package dev.waterline.e2e;

import dev.waterline.testbed.junit.TestbedExtension;
import dev.waterline.testbed.tools.Tool;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API server of Kubernetes 1.33 itself, which the testbed's own cannot emulate; its build takes minutes. */
@EnabledIfSystemProperty(named = "waterline.kubernetes", matches = "1\\.33", disabledReason = "built on demand only")
class Kubernetes133IT extends OlderKubernetes {
    @RegisterExtension
    static final TestbedExtension TESTBED =
            TestbedExtension.with(apiServerOnly().withApiServer(Tool.KUBE_APISERVER_1_33));

    @Override
    String minor() {
        return "33";
    }
}
