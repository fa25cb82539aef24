package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.scaling.Limit;
import dev.waterline.decision.scaling.Proposal;
import dev.waterline.decision.scaling.ScalingDecision;
import dev.waterline.decision.scaling.ScalingPolicy;
import dev.waterline.decision.scaling.ScalingSentence;
import dev.waterline.decision.scaling.ScalingStep;
import dev.waterline.telemetry.ScalingMeters;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
    void scaled(ScaledWorkload resource, ScalingRun run, ScalingStep step, Instant now) {
        var sentence = ScalingSentence.of(step.decision());
        run.scaled(now);
        run.decided(ScalingDecisions.told(step, sentence, now));
        say(resource, step.decision(), "", sentence);
    }

    /** Nothing was written. A decision that is the same as the last is not told again. */
    void unwritten(
            ScaledWorkload resource,
            ScalingRun run,
            ScalingPolicy policy,
            ScalingStep step,
            boolean dryRun,
            Instant now) {
        var decision = step.decision();
        var sentence = dryRun ? ScalingSentence.ofDryRun(decision) : ScalingSentence.of(decision);
        var next = ScalingDecisions.told(step, sentence, now);
        if (decision.limits().stream().anyMatch(Limit::isStabilization)) {
            run.stabilized(now);
        }
        boolean recently = run.wasStabilizedAfter(now.minus(policy.longestWindow()));
        if (run.lastDecision()
                .filter(last -> ScalingDecisions.isSame(last, next, recently))
                .isPresent()) {
            return;
        }
        run.decided(next);
        if (decision.isChange()) {
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
        meters.restrained(
                namespace,
                name,
                step.proposals().stream().anyMatch(Proposal.FallenBack.class::isInstance),
                decision instanceof ScalingDecision.Paused,
                decision.limits().stream().map(limit -> limit.kind().name()).collect(Collectors.toSet()));
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
                case ScalingConditions.FALLBACK -> turned(resource, before, fact, "FallbackActivated", "FallbackEnded");
                case ScalingConditions.PAUSED -> turned(resource, before, fact, "Paused", "Resumed");
                case ScalingConditions.LIMITED -> frozen(resource, before, fact);
                default -> {
                    // The other conditions follow from decisions, which have been told.
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

    private void turned(
            ScaledWorkload resource, Optional<Condition> before, ConditionFact fact, String on, String off) {
        boolean was =
                before.filter(condition -> "True".equals(condition.getStatus())).isPresent();
        if (fact.status() != was) {
            log.info("{}: {}", name(resource), fact.message());
            events.normal(resource, fact.status() ? on : off, EVALUATE, fact.message());
        }
    }

    private void frozen(ScaledWorkload resource, Optional<Condition> before, ConditionFact fact) {
        var reason = Limit.Kind.NodesFrozen.name();
        boolean told =
                before.filter(condition -> reason.equals(condition.getReason())).isPresent();
        if (reason.equals(fact.reason()) && !told) {
            log.info("{}: {}", name(resource), fact.message());
            events.normal(resource, reason, EVALUATE, fact.message());
        }
    }

    private void say(ScaledWorkload resource, ScalingDecision decision, String suffix, String sentence) {
        log.info("{}: {}", name(resource), sentence);
        var reason = (decision.to() > decision.from() ? "ScaledUp" : "ScaledDown") + suffix;
        events.normal(resource, reason, SCALE, sentence);
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
