package dev.waterline.demo;

import java.util.Map;

/**
 * What standard output is connected to.
 *
 * @param live whether a picture can be redrawn there
 * @param colour whether colours are wanted
 * @param columns its width
 */
record Terminal(boolean live, boolean colour, int columns) {
    private static final int COLUMNS_NEEDED = 80;
    private static final int LINES_NEEDED = 28;

    /**
     * Decides by the usual signs. The start script sets COLUMNS and LINES, which shells do not export.
     *
     * @param isTerminal whether standard output is a terminal at all
     * @param plain whether the user wants lines in any case
     */
    static Terminal of(boolean isTerminal, boolean plain, Map<String, String> environment) {
        int columns = number(environment.get("COLUMNS"), COLUMNS_NEEDED);
        int lines = number(environment.get("LINES"), LINES_NEEDED);
        boolean able = isTerminal && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean live = able && !plain && columns >= COLUMNS_NEEDED && lines >= LINES_NEEDED;
        boolean colour = able && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(live, colour, columns);
    }

    private static int number(@org.jspecify.annotations.Nullable String text, int otherwise) {
        return text != null && text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : otherwise;
    }
}
