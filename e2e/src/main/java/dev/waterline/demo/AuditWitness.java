package dev.waterline.demo;

import dev.waterline.load.Repeating;
import dev.waterline.observer.Freeze;
import dev.waterline.observer.GuardTimeline;
import dev.waterline.testbed.audit.AuditLog;
import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.audit.AuditTail;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Reads the API server's audit log as it grows: each request with its time, who made it, and how it was answered. */
final class AuditWitness implements Witness {
    private static final Duration READ_EVERY = Duration.ofMillis(200);

    private final AuditTail tail;
    private final GuardTimeline guard = new GuardTimeline(1);
    private final BindLedger ledger = new BindLedger();
    private final Repeating reader;

    AuditWitness(AuditLog log) {
        tail = log.tail();
        reader = Repeating.every(READ_EVERY, "audit", this::catchUp);
    }

    @Override
    public synchronized void catchUp() {
        for (AuditRecord record : tail.next()) {
            guard.accept(record);
            ledger.accept(record);
        }
    }

    @Override
    public synchronized List<Freeze> freezes() {
        return guard.freezes();
    }

    @Override
    public synchronized List<Bind> binds() {
        return ledger.binds();
    }

    @Override
    public synchronized OptionalInt denials() {
        return OptionalInt.of(ledger.denials());
    }

    @Override
    public Duration tolerance() {
        return Duration.ZERO;
    }

    @Override
    public String source() {
        return "the API server's audit log";
    }

    @Override
    public void close() {
        reader.close();
    }
}
