package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watched set of objects that holds a summary of each and never the object itself: a full Pod costs some 23 KB of heap, its
 * summary 0.3 KB. Lists are paged, since a first list in one piece would need all of them at once.
 *
 * @param <V> the object
 * @param <S> its summary
 */
final class SummaryIndex<V extends HasMetadata, S extends Summary> implements AutoCloseable {
    private static final long PAGE = 500;
    private static final Logger log = LoggerFactory.getLogger(SummaryIndex.class);

    private final ConcurrentHashMap<String, S> summaries = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Consumer<S>> listeners = new CopyOnWriteArrayList<>();
    private final SharedIndexInformer<V> informer;

    /**
     * @param summarize makes the summary
     * @param shell makes an empty object, which the informer fills with name and version where it wants to see one
     */
    SummaryIndex(Informable<V> resources, Function<V, S> summarize, Supplier<V> shell) {
        this.informer = resources
                .withLimit(PAGE)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(new Store(summarize, shell))
                .exceptionHandler((_, problem) -> {
                    log.warn("A watch broke and is opened again: {}", problem.toString());
                    return true;
                })
                .addEventHandler(new Changes(summarize));
    }

    void start() {
        var _ = informer.start();
    }

    boolean isSynced() {
        return informer.hasSynced();
    }

    Optional<S> get(String namespace, String name) {
        return Optional.ofNullable(summaries.get(key(namespace, name)));
    }

    Collection<S> all() {
        return summaries.values();
    }

    /** @param listener is given the new summary, or the last one of an object that has gone */
    void onChange(Consumer<S> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        informer.close();
    }

    private static String key(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    private static String key(HasMetadata object) {
        return key(
                Optional.ofNullable(object.getMetadata().getNamespace()).orElse(""),
                object.getMetadata().getName());
    }

    private final class Changes implements ResourceEventHandler<V> {
        private final Function<V, S> summarize;

        Changes(Function<V, S> summarize) {
            this.summarize = summarize;
        }

        @Override
        public void onAdd(V added) {
            tell(added);
        }

        @Override
        public void onUpdate(V before, V after) {
            tell(after);
        }

        @Override
        public void onDelete(V gone, boolean finalStateUnknown) {
            tell(gone);
        }

        private void tell(V object) {
            if (!listeners.isEmpty()) {
                var summary = summarize.apply(object);
                listeners.forEach(listener -> listener.accept(summary));
            }
        }
    }

    private final class Store implements ItemStore<V> {
        private final Function<V, S> summarize;
        private final Supplier<V> shell;

        Store(Function<V, S> summarize, Supplier<V> shell) {
            this.summarize = summarize;
            this.shell = shell;
        }

        @Override
        public String getKey(V object) {
            return key(object);
        }

        @Override
        public @Nullable V put(String key, V object) {
            return shellOf(summaries.put(key, summarize.apply(object)));
        }

        @Override
        public @Nullable V remove(String key) {
            return shellOf(summaries.remove(key));
        }

        @Override
        public Stream<String> keySet() {
            return summaries.keySet().stream();
        }

        @Override
        public Stream<V> values() {
            return summaries.values().stream().map(this::fill);
        }

        @Override
        public int size() {
            return summaries.size();
        }

        @Override
        public @Nullable V get(String key) {
            return shellOf(summaries.get(key));
        }

        @Override
        public boolean isFullState() {
            return false;
        }

        private @Nullable V shellOf(@Nullable S summary) {
            return summary == null ? null : fill(summary);
        }

        private V fill(@NonNull S summary) {
            var object = shell.get();
            object.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(summary.namespace().isEmpty() ? null : summary.namespace())
                    .withName(summary.name())
                    .withUid(summary.uid())
                    .withResourceVersion(summary.resourceVersion())
                    .build());
            return object;
        }
    }
}
