package dev.waterline.reconciler;

import dev.waterline.decision.pressure.SourceAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sources say when a process first asks them.
 *
 * @param answers by signal name
 * @param history by signal name, what each has said an interval before that answer and earlier, oldest first
 */
record FirstLook(Map<String, SignalAnswer> answers, Map<String, List<SourceAnswer.Answered>> history) {

    /**
     * Clocks differ: what the past has that is not older than the present answer by an interval is left out.
     *
     * @param answers by signal name
     * @param past by signal name
     */
    static FirstLook of(
            Map<String, SignalAnswer> answers, Map<String, List<SourceAnswer.Answered>> past, Duration interval) {
        var history = new HashMap<String, List<SourceAnswer.Answered>>();
        past.forEach((signal, passes) -> {
            var answer = answers.get(signal);
            var newest = answer != null && answer.answer() instanceof SourceAnswer.Answered answered
                    ? answered.at().minus(interval)
                    : Instant.MAX;
            history.put(
                    signal,
                    passes.stream().filter(pass -> !pass.at().isAfter(newest)).toList());
        });
        return new FirstLook(answers, history);
    }
}
