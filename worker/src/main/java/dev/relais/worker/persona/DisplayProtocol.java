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

    private static final String BLOCK = """
            📦 LIVRABLE — {agent}
            ─────────────────────────────
            Type : {ce qui a été produit}
            Fichiers : {liste des fichiers créés ou modifiés, ou "Aucun"}
            Statut : ✅ Terminé | ⏳ En attente de validation | 🚫 Bloqué (raison)
            Résumé : {1-2 phrases résumant le livrable}
            ─────────────────────────────""";

    private static final String BANNER_RULE = """

            ### Bannière d'entrée
            Toute réponse commence par cette bannière, recopiée telle quelle :
            ```
            {form}
            ```
            """;

    private static final String BLOCK_RULE = """

            ### Bloc livrable
            Toute réponse finale se termine par ce bloc, rempli, avec un seul statut :
            ```
            {form}
            ```
            """;

    private static final String VALIDATION_REQUEST = "✋ **Validation requise** — Ce livrable te convient ? Réponds **ok** pour valider, "
            + "ou indique ce que tu veux modifier.";

    static DisplayProtocol of(String body, String name, Findings findings) {
        List<Line> lines = Markdown.lines(body);
        String ownBanner = Markdown.fencedBelow(lines, "banniere").strip();
        String ownBlock = block(lines);
        String banner = ownBanner.isEmpty() ? BANNER.replace("{agent}", name.toUpperCase(Locale.ROOT)) : ownBanner;
        String block = ownBlock.isEmpty() ? BLOCK.replace("{agent}", name) : ownBlock;
        var text = new StringBuilder(body.strip()).append('\n');
        if (ownBanner.isEmpty() || ownBlock.isEmpty()) {
            String missing = !ownBlock.isEmpty()
                    ? "no banner"
                    : ownBanner.isEmpty() ? "no banner and no deliverable block" : "no deliverable block";
            findings.warn("the body says " + missing + ": the default one is appended");
            text.append("\n## Protocole d'affichage\n");
            text.append(ownBanner.isEmpty() ? BANNER_RULE.replace("{form}", banner) : "");
            text.append(ownBlock.isEmpty() ? BLOCK_RULE.replace("{form}", block) : "");
        }
        return new DisplayProtocol(text.toString(), banner, block, validationRequest(lines));
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
    private static String validationRequest(List<Line> lines) {
        for (Line line : lines) {
            int hand = line.text().indexOf('✋');
            if (hand >= 0 && Words.fold(line.text()).contains("validation")) {
                String rest = line.text().substring(hand);
                int quote = rest.indexOf('"');
                return (quote < 0 ? rest : rest.substring(0, quote)).strip();
            }
        }
        return VALIDATION_REQUEST;
    }

    private static boolean isBlock(StringBuilder fenced) {
        String folded = Words.fold(fenced.toString());
        return folded.contains("livrable") && folded.contains("statut");
    }
}
