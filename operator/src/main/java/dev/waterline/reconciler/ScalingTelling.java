package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.api.v1alpha1.ScaledWorkloadStatus.Decision;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.scaling.Basis;
import dev.waterline.decision.scaling.Limit;
import dev.waterline.decision.scaling.Proposal;
import dev.waterline.decision.scaling.ScalingDecision;
import dev.waterline.decision.scaling.ScalingPolicy;
import dev.waterline.decision.scaling.ScalingSentence;
import dev.waterline.decision.scaling.ScalingStep;
import dev.waterline.telemetry.ScalingMeters;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people and metrics what was decided, in the same words everywhere. */
final class ScalingTelling {
    private static final String SCALE = "Scale";
    private static final String EVALUATE = "Evaluate";
    private static final Logger log = LoggerFactory.getLogger(ScalingTelling.class);

    private final EventRecorder events;
    private final ScalingMeters meters;

    ScalingTelling(EventRecorder events, ScalingMeters meters) {
        this.events = events;
        this.meters = meters;
    }

    /** The target has its new count. */
    void scaled(ScaledWorkload resource, ScalingRun run, ScalingDecision decision, Instant now) {
        run.scaled(now);
        run.decided(told(decision, ScalingSentence.of(decision), now));
        say(resource, decision, "", ScalingSentence.of(decision));
    }

    /** Nothing was written. A decision that is the same as the last is not told again. */
    void unwritten(ScaledWorkload resource, ScalingRun run, ScalingDecision decision, boolean dryRun, Instant now) {
        var sentence = dryRun ? ScalingSentence.ofDryRun(decision) : ScalingSentence.of(decision);
        var next = told(decision, sentence, now);
        if (run.lastDecision().filter(last -> isSame(last, next)).isPresent()) {
            return;
        }
        run.decided(next);
        if (decision instanceof ScalingDecision.Change) {
            say(resource, decision, "DryRun", sentence);
        } else {
            log.info("{}: {}", name(resource), sentence);
        }
    }

    void measured(ScaledWorkload resource, ScalingPolicy policy, int present, ScalingStep step, String outcome) {
        var namespace = resource.getMetadata().getNamespace();
        var name = resource.getMetadata().getName();
        meters.observed(namespace, name, present, policy.min(), policy.max());
        var decision = step.decision();
        double wanted = step.wanted().isPresent() ? step.wanted().getAsInt() : Double.NaN;
        meters.decided(
                namespace,
                name,
                decision.to(),
                wanted,
                outcome,
                decision.reason().name());
        for (var proposal : step.proposals()) {
            double value = proposal instanceof Proposal.Measured measured ? measured.value() : Double.NaN;
            meters.trigger(
                    namespace,
                    name,
                    proposal.trigger(),
                    value,
                    proposal.target().threshold());
        }
    }

    /** Says what has changed since the status that stands. */
    void conditions(ScaledWorkload resource, List<ConditionFact> facts) {
        for (var fact : facts) {
            var before = before(resource, fact.type());
            switch (fact.type()) {
                case ScalingConditions.READY -> ready(resource, before, fact);
                case ScalingConditions.METRICS -> metrics(resource, before, fact);
                default -> {
                    // The other conditions follow from decisions and annotations, which have been told or come from
                    // people.
                }
            }
        }
    }

    void gone(ScalingRun run) {
        meters.forget(run.namespace(), run.name());
    }

    private void ready(ScaledWorkload resource, Optional<Condition> before, ConditionFact fact) {
        boolean told = before.filter(condition -> fact.reason().equals(condition.getReason())
                        && fact.message().equals(condition.getMessage()))
                .isPresent();
        if (!fact.status() && !told) {
            log.warn("{}: {}", name(resource), fact.message());
            events.warning(resource, fact.reason(), EVALUATE, fact.message());
        }
    }

    private void metrics(ScaledWorkload resource, Optional<Condition> before, ConditionFact fact) {
        boolean failedBefore = before.filter(condition -> "False".equals(condition.getStatus()))
                .isPresent();
        boolean told = before.filter(condition -> fact.message().equals(condition.getMessage()))
                .isPresent();
        if (!fact.status() && !told) {
            log.warn("{}: {}", name(resource), fact.message());
            events.warning(resource, "MetricsUnavailable", EVALUATE, fact.message());
        } else if (fact.status() && failedBefore) {
            log.info("{}: {}", name(resource), fact.message());
            events.normal(resource, "MetricsRecovered", EVALUATE, fact.message());
        }
    }

    private void say(ScaledWorkload resource, ScalingDecision decision, String suffix, String sentence) {
        log.info("{}: {}", name(resource), sentence);
        var reason = (decision.to() > decision.from() ? "ScaledUp" : "ScaledDown") + suffix;
        events.normal(resource, reason, SCALE, sentence);
    }

    private static boolean isSame(Decision last, Decision next) {
        return last.to() == next.to()
                && last.reason().equals(next.reason())
                && last.limits().equals(next.limits());
    }

    private static Decision told(ScalingDecision decision, String sentence, Instant now) {
        return new Decision(
                now.truncatedTo(ChronoUnit.MILLIS).toString(),
                decision.from(),
                decision.to(),
                winner(decision),
                decision.reason().name(),
                decision.limits().stream().map(Limit::kind).map(Enum::name).toList(),
                sentence);
    }

    private static @Nullable String winner(ScalingDecision decision) {
        return switch (decision) {
            case ScalingDecision.Change change -> winner(change.basis());
            case ScalingDecision.Keep keep -> winner(keep.basis());
            case ScalingDecision.Hold _, ScalingDecision.Paused _ -> null;
        };
    }

    private static @Nullable String winner(Basis basis) {
        return basis.winner().map(Proposal::trigger).orElse(null);
    }

    private static Optional<Condition> before(ScaledWorkload resource, String type) {
        return Optional.ofNullable(resource.getStatus()).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static String name(ScaledWorkload resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }
}
