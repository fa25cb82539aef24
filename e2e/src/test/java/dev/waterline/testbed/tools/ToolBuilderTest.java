package dev.waterline.testbed.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ToolBuilderTest {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void eachToolIsBuiltOnceAndFoundLater(@TempDir Path root) throws IOException {
        var go = FakeGo.in(root, "go1.26.8", FakeGo.BUILDS);
        var first = builder(go).provide(Set.of(Tool.ETCD, Tool.KUBE_APISERVER));
        var second = builder(go).provide(Set.of(Tool.ETCD, Tool.KUBE_APISERVER));

        assertThat(first).isEqualTo(second).containsOnlyKeys(Tool.ETCD, Tool.KUBE_APISERVER);
        assertThat(first.values()).allSatisfy(file -> assertThat(file).isExecutable());
        assertThat(go.builds()).hasSize(2);
    }

    @Test
    void aToolThatNobodyAskedForIsNotBuilt(@TempDir Path root) throws IOException {
        var go = FakeGo.in(root, "go1.26.8", FakeGo.BUILDS);
        var apiServer = builder(go).provide(Tool.KUBE_APISERVER);
        assertThat(go.builds()).hasSize(1);

        var kubectl = builder(go).provide(Tool.KUBECTL);
        assertThat(go.builds()).hasSize(2);
        assertThat(kubectl).isEqualTo(apiServer.resolveSibling("kubectl"));
    }

    @Test
    void theControlPlaneIsBuiltToReportThePinnedVersion(@TempDir Path root) throws IOException {
        var go = FakeGo.in(root, "go1.26.8", FakeGo.BUILDS);
        builder(go).provide(Set.of(Tool.KUBE_APISERVER, Tool.PROMETHEUS));
        assertThat(go.builds().getFirst())
                .startsWith("build -trimpath -ldflags -s -w")
                .contains("version.gitVersion=v1.37.2", "version.gitMajor=1", "version.gitMinor=37")
                .endsWith("k8s.io/kubernetes/cmd/kube-apiserver");
        assertThat(go.builds().getLast()).contains("-tags=remove_all_sd");
    }

    @Test
    void progressSaysWhichOfHowMany(@TempDir Path root) throws IOException {
        builder(FakeGo.in(root, "go1.26.8", FakeGo.BUILDS)).provide(Set.of(Tool.ETCD, Tool.HELM));
        assertThat(told)
                .anySatisfy(line -> assertThat(line).contains("Building 2 of the testbed's tools with Go 1.26.8"))
                .contains("[1/2] etcd: building", "[1/2] etcd: done in 0 s", "[2/2] helm: building");
    }

    @Test
    void kwoksStagesLieBesideItsBinary(@TempDir Path root) throws IOException {
        var builder = builder(FakeGo.in(root, "go1.26.8", FakeGo.BUILDS));
        var kwok = builder.provide(Tool.KWOK);
        assertThat(builder.kwokStages())
                .hasSize(5)
                .allSatisfy(stage ->
                        assertThat(stage).hasContent("kind: Stage").startsWith(kwok.resolveSibling("kwok-stages")));
    }

    @Test
    void aBuildThatFailsSaysWhyAndLeavesNothingBehind(@TempDir Path root) throws IOException {
        var go = FakeGo.in(root, "go1.26.8", "echo half > \"$out\"; echo 'no such module' >&2; exit 1");
        var builder = builder(go);
        assertThatThrownBy(() -> builder.provide(Set.of(Tool.ETCD)))
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("[1/1] etcd: go build failed")
                .hasMessageContaining("no such module");
        try (var left = Files.walk(go.cache())) {
            assertThat(left.filter(Files::isRegularFile))
                    .allMatch(file -> file.toString().endsWith(".lock"));
        }
    }

    @Test
    void twoThatWantTheSameAtOnceBuildItOnce(@TempDir Path root)
            throws IOException, ExecutionException, InterruptedException {
        var go = FakeGo.in(root, "go1.26.8", "sleep 0.5; " + FakeGo.BUILDS);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = executor.submit(() -> builder(go).provide(Set.of(Tool.ETCD)));
            var other = executor.submit(() -> builder(go).provide(Set.of(Tool.ETCD)));
            assertThat(one.get()).isEqualTo(other.get());
        }
        assertThat(go.builds()).hasSize(1);
        assertThat(told)
                .contains("[1/1] etcd: another process builds it, waiting", "[1/1] etcd: built by another process");
    }

    @Test
    void aNewerGoAndOtherPinsGetAFolderOfTheirOwn(@TempDir Path one, @TempDir Path two, @TempDir Path three)
            throws IOException {
        var folder = folder(FakeGo.in(one, "go1.26.8", FakeGo.BUILDS));
        assertThat(folder).startsWith("etcd-").isNotEqualTo(folder(FakeGo.in(two, "go1.27.0", FakeGo.BUILDS)));

        var repinned = FakeGo.in(three, "go1.26.8", FakeGo.BUILDS);
        Files.writeString(repinned.home().resolve("e2e/tools/etcd/go.sum"), "another sum\n");
        assertThat(folder(repinned)).isNotEqualTo(folder);
    }

    private String folder(FakeGo go) {
        return go.cache().relativize(builder(go).provide(Tool.ETCD)).getName(0).toString();
    }

    private ToolBuilder builder(FakeGo go) {
        return new ToolBuilder(go.home(), go.cache(), go.path(), told::add);
    }
}
