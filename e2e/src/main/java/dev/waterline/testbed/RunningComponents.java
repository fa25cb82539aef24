package dev.waterline.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Everything that was ever started, so that everything can be ended. */
final class RunningComponents {
    private static final int PORT_ATTEMPTS = 5;

    private final List<Component> components = new CopyOnWriteArrayList<>();

    /** Starts what the supplier makes; makes it anew, with other ports, if somebody else took one. */
    <C extends Component> C start(Supplier<C> fresh) {
        for (int attempt = 1; ; attempt++) {
            var component = fresh.get();
            components.add(component);
            try {
                component.start();
                return component;
            } catch (PortTakenException e) {
                if (attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Kills all, the last started first, so that nobody complains that its server has gone. Tries all even if one fails. */
    void killAll(List<RuntimeException> failures) {
        for (var component : new ArrayList<>(components).reversed()) {
            try {
                component.kill();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
    }
}
