package dev.relais.worker.toolkit;

/** How a text's lines end. */
enum LineEnds {
    /** LF, or a single line. */
    PLAIN,
    /** Every one is CRLF. */
    CRLF,
    MIXED;

    static LineEnds of(String text) {
        boolean crlf = false;
        boolean plain = false;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            boolean returned = at > 0 && text.charAt(at - 1) == '\r';
            crlf |= returned;
            plain |= !returned;
        }
        return crlf ? plain ? MIXED : CRLF : PLAIN;
    }

    /** Every line end as CRLF. */
    static String crlf(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
