package dev.relais.worker.persona;

import java.util.List;
import java.util.Locale;

import dev.relais.worker.persona.Markdown.Kind;
import dev.relais.worker.persona.Markdown.Line;

/**
 * How a persona's replies begin and end: as its own file says, else by default. The half that a body lacks is appended to its system text.
 *
 * @param systemText the body with what it lacked
 * @param banner the lines of the banner
 * @param blockForm the lines of the deliverable block, to fill in
 * @param validationRequest what follows the block in mode 1
 */
record DisplayProtocol(String systemText, String banner, String blockForm, String validationRequest) {
    private static final String BANNER = """
            ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            ⚙ {agent}
            ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━""";

    static DisplayProtocol of(String body, String name, Language language, Findings findings) {
        List<Line> lines = Markdown.lines(body);
        String ownBanner = banner(lines);
        String ownBlock = block(lines);
        String banner = ownBanner.isEmpty() ? BANNER.replace("{agent}", name.toUpperCase(Locale.ROOT)) : ownBanner;
        String block = ownBlock.isEmpty() ? language.say(Phrase.BLOCK_FORM, name) : ownBlock;
        var text = new StringBuilder(body.strip()).append('\n');
        if (ownBanner.isEmpty() || ownBlock.isEmpty()) {
            String missing = !ownBlock.isEmpty()
                    ? "no banner"
                    : ownBanner.isEmpty() ? "no banner and no deliverable block" : "no deliverable block";
            findings.warn("the body says " + missing + ": the default one is appended");
            text.append('\n').append(language.say(Phrase.PROTOCOL)).append('\n');
            text.append(ownBanner.isEmpty() ? rule(language.say(Phrase.BANNER_RULE), banner) : "");
            text.append(ownBlock.isEmpty() ? rule(language.say(Phrase.BLOCK_RULE), block) : "");
        }
        return new DisplayProtocol(text.toString(), banner, block, validationRequest(lines, language));
    }

    private static String rule(String rule, String form) {
        return "\n" + rule + "\n```\n" + form + "\n```\n";
    }

    private static String banner(List<Line> lines) {
        String french = Markdown.fencedBelow(lines, "banniere").strip();
        return french.isEmpty() ? Markdown.fencedBelow(lines, "banner").strip() : french;
    }

    /** The fence that holds a line of the form {@code 📦 LIVRABLE — name}, wherever it stands. */
    private static String block(List<Line> lines) {
        var fenced = new StringBuilder();
        for (Line line : lines) {
            if (line.kind() == Kind.FENCED) {
                fenced.append(line.text()).append('\n');
            } else if (!fenced.isEmpty()) {
                if (isBlock(fenced)) {
                    return fenced.toString().strip();
                }
                fenced.setLength(0);
            }
        }
        return isBlock(fenced) ? fenced.toString().strip() : "";
    }

    /** From the raised hand to the closing quotation mark, or to the line's end. */
    private static String validationRequest(List<Line> lines, Language language) {
        for (Line line : lines) {
            int hand = line.text().indexOf('✋');
            if (hand >= 0 && Words.fold(line.text()).contains("validation")) {
                String rest = line.text().substring(hand);
                int quote = rest.indexOf('"');
                return (quote < 0 ? rest : rest.substring(0, quote)).strip();
            }
        }
        return language.say(Phrase.VALIDATION_REQUEST);
    }

    private static boolean isBlock(StringBuilder fenced) {
        String folded = Words.fold(fenced.toString());
        return (folded.contains("livrable") && folded.contains("statut"))
                || (folded.contains("📦") && folded.contains("deliverable") && folded.contains("status"));
    }
}
