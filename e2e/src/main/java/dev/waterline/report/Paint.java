package dev.waterline.report;

/**
 * Colours for a terminal. Whatever is told by a colour is also told by a letter, so that nothing is lost without.
 *
 * @param colour whether to use any
 */
public record Paint(boolean colour) {

    /** What a colour stands for. */
    public enum Tone {
        TITLE("1"),
        DIM("2"),
        GOOD("32"),
        WARM("33"),
        BAD("1;31"),
        FROZEN("1;37;44");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    public String of(Tone tone, String text) {
        return colour ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }
}
