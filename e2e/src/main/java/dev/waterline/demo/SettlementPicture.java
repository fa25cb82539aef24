package dev.waterline.demo;

import dev.waterline.report.Paint;
import dev.waterline.report.Paint.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The nodes as a grid, and what lands on them. */
final class SettlementPicture implements Picture {
    private static final int NODES_PER_LINE = 10;
    private static final int NODES_SHOWN = 60;
    private static final long WATERLINE = 82;

    /** One moment. */
    record Moment(
            Map<String, Double> utilisation,
            Map<String, String> floors,
            FreezeReport report,
            OptionalInt denials,
            int tasksDone,
            int tasks,
            long secondsLeft) {}

    private final Supplier<Moment> now;

    SettlementPicture(Supplier<Moment> now) {
        this.now = now;
    }

    @Override
    public String title() {
        return "Settlement";
    }

    @Override
    public List<String> lines(Paint paint) {
        var moment = now.get();
        var lines = new ArrayList<String>();
        lines.add("core-banking: freeze tier standard at 82 % CPU, thaw below 75 %");
        lines.add("");
        var line = new StringBuilder();
        int shown = 0;
        for (var node : moment.utilisation().entrySet()) {
            if (shown == NODES_SHOWN) {
                break;
            }
            line.append(cell(paint, shown, node.getValue(), moment.floors().containsKey(node.getKey())))
                    .append(' ');
            shown++;
            if (shown % NODES_PER_LINE == 0) {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        lines.add(paint.of(Tone.DIM, "node and CPU in %   F frozen   ^ above 82 %"));
        lines.add("");
        lines.addAll(counters(moment));
        return lines;
    }

    private static String cell(Paint paint, int index, double utilisation, boolean frozen) {
        long percent = Math.round(utilisation * 100);
        boolean hot = percent >= WATERLINE;
        var text = String.format(Locale.ROOT, "%02d %2d%s", index, percent, frozen ? "F" : hot ? "^" : " ");
        return frozen ? paint.of(Tone.FROZEN, text) : hot ? paint.of(Tone.WARM, text) : text;
    }

    private static List<String> counters(Moment moment) {
        var report = moment.report();
        return List.of(
                "%d of %d nodes frozen"
                        .formatted(moment.floors().size(), moment.utilisation().size()),
                "lower tiers:      %d pods bound, %d of them on a frozen node%s"
                        .formatted(
                                report.lowerTier().size(),
                                report.leaks().size(),
                                SettlementPromises.denied(moment.denials())),
                "banking-critical: %d of %d tasks done, %d landed on a frozen node; deadline in %d s"
                        .formatted(
                                moment.tasksDone(),
                                moment.tasks(),
                                report.protectedOnFrozen().size(),
                                moment.secondsLeft()));
    }

    @Override
    public String summary() {
        return String.join("; ", counters(now.get()));
    }
}
