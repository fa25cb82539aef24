package dev.waterline.cluster;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The path of the tolerating webhook, {@code /tolerate/<floor>/<floor>...}: the floors come with the question, so the handler
 * keeps no state and any replica gives the same answer.
 */
public final class ToleratedFloors {
    public static final String PATH = "/tolerate/";

    private static final Pattern FLOORS = Pattern.compile("\\d{1,10}(/\\d{1,10})*");

    private ToleratedFloors() {}

    static String path(SortedSet<Integer> floors) {
        return PATH + floors.stream().map(String::valueOf).collect(Collectors.joining("/"));
    }

    /** Empty if the path does not name floors, which are priorities of 0 or more. */
    public static Optional<SortedSet<Integer>> parse(String path) {
        var text = path.startsWith(PATH) ? path.substring(PATH.length()) : "";
        if (!FLOORS.matcher(text).matches()) {
            return Optional.empty();
        }
        var floors = new TreeSet<Integer>();
        for (var floor : text.split("/", -1)) {
            long number = Long.parseLong(floor);
            if (number > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            floors.add((int) number);
        }
        return Optional.of(floors);
    }
}
