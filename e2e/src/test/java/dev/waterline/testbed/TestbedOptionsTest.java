package dev.waterline.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TestbedOptionsTest {
    @Test
    void equalWishesMakeEqualOptions() {
        assertThat(TestbedOptions.standard().withApiServers(2).without(Part.SCHEDULER))
                .isEqualTo(TestbedOptions.standard().without(Part.SCHEDULER).withApiServers(2))
                .isNotEqualTo(TestbedOptions.standard());
    }

    @Test
    void partsThatNeedAnApiServerWantOne() {
        var all = TestbedOptions.standard();
        assertThatThrownBy(() -> all.withApiServers(0)).hasMessageContaining("apiServers is 0");
        assertThat(TestbedOptions.etcdOnly().parts()).isEmpty();
    }

    @Test
    void theOperatorIsTheServiceAccountThatTheChartInstalls() {
        var operator = User.serviceAccount(User.OPERATOR, User.OPERATOR_NAMESPACE, "waterline-operator");
        assertThat(operator.username()).isEqualTo("system:serviceaccount:waterline-system:waterline-operator");
        assertThat(new Identity(operator, "t0ken").tokenFileLine())
                .isEqualTo("t0ken,system:serviceaccount:waterline-system:waterline-operator,operator,"
                        + "\"system:serviceaccounts,system:serviceaccounts:waterline-system\"");
        assertThat(new Identity(operator, "t0ken").toString()).doesNotContain("t0ken");
    }

    @Test
    void aUserThatWouldBreakTheTokenFileIsRefused() {
        assertThatThrownBy(() -> new User("tenant", "a,b", List.of(), "default"))
                .hasMessageContaining("a,b");
        assertThatThrownBy(() -> new User("Tenant", "x", List.of(), "default")).hasMessageContaining("name must be");
        assertThatThrownBy(() -> new User("tenant", "", List.of(), "default"))
                .hasMessageContaining("no empty user name");
    }
}
