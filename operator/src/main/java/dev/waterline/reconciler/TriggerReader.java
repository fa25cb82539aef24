package dev.waterline.reconciler;

import dev.waterline.decision.scaling.TriggerReading;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads all triggers of a workload at the same time, each on a thread of its own; each has its own deadline. */
final class TriggerReader {
    private TriggerReader() {}

    static List<TriggerReading> read(List<NamedTrigger> triggers) {
        var underWay = triggers.stream()
                .map(named -> CompletableFuture.supplyAsync(
                        () -> new TriggerReading(
                                named.name(),
                                named.trigger().target(),
                                named.trigger().source().get()),
                        Thread.ofVirtual().name("trigger-" + named.name())::start))
                .toList();
        return underWay.stream().map(CompletableFuture::join).toList();
    }
}
