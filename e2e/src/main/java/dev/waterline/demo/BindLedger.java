package dev.waterline.demo;

import dev.waterline.testbed.audit.AuditRecord;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;

/** All Bindings in an audit log: those that were made, and the number of those that were forbidden. */
final class BindLedger {
    private final List<Bind> binds = new ArrayList<>();
    private int denials;

    void accept(AuditRecord record) {
        if (!record.isBinding() || record.dryRun()) {
            return;
        }
        if (record.code() == HttpURLConnection.HTTP_FORBIDDEN) {
            denials++;
        } else if (record.succeeded()) {
            record.bindingTarget()
                    .ifPresent(
                            node -> binds.add(new Bind(record.completed(), record.namespace(), record.name(), node)));
        }
    }

    List<Bind> binds() {
        return List.copyOf(binds);
    }

    int denials() {
        return denials;
    }
}
