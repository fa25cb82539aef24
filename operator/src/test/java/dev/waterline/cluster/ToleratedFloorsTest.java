package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToleratedFloorsTest {

    @Test
    void aPathNamesTheFloorsThatItWasMadeOf() {
        var floors = new TreeSet<>(List.of(100_000, 1000, Integer.MAX_VALUE));

        assertThat(ToleratedFloors.path(floors)).isEqualTo("/tolerate/1000/100000/2147483647");
        assertThat(ToleratedFloors.parse(ToleratedFloors.path(floors))).contains(floors);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/tolerate/",
                "/tolerate/-1",
                "/tolerate/1//2",
                "/tolerate/x",
                "/tolerate/2147483648",
                "/bind/1"
            })
    void anyOtherPathNamesNone(String path) {
        assertThat(ToleratedFloors.parse(path)).isEmpty();
    }
}
