package dev.relais.worker.tool;

/** What stands around the sign of a redirection. */
final class Redirection {
    private Redirection() {}

    /** Nothing is written: it goes nowhere, or where another descriptor goes already. */
    static boolean isHarmless(String target, boolean isDuplicate) {
        return target.equals("/dev/null")
                || (isDuplicate && target.chars().allMatch(c -> "0123456789-".indexOf(c) >= 0));
    }

    /** {@code 2>}: the number belongs to the redirection and not to the command. */
    static void dropDescriptor(StringBuilder command) {
        int start = command.length();
        while (start > 0 && Character.isDigit(command.charAt(start - 1))) {
            start--;
        }
        if (start == 0 || command.charAt(start - 1) == ' ') {
            command.setLength(start);
        }
    }
}
