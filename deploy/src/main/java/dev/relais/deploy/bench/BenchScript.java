package dev.relais.deploy.bench;

/** The same words, whether the worker plays them itself or the playbook does. */
final class BenchScript {
    private BenchScript() {}

    static String deliverable(String files) {
        return """
                ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
                ⚡ BACKEND — Développeur API & Données
                Modèle : Sonnet | Équipe : Dev
                ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

                La réponse tient en une phrase : un index sur la colonne filtrée suffit.

                📦 LIVRABLE — backend-dev
                ─────────────────────────────
                Type : conseil
                Fichiers : %s
                Statut : ✅ Terminé
                Résumé : Conseil donné.
                ─────────────────────────────
                """.formatted(files);
    }

    /** For the playbook. Turns of a task are told by its wish, so one script serves all. */
    static String yaml() {
        var yaml = new StringBuilder("playbook: bench\nsteps:\n");
        for (int turns : new int[]{3, 5}) {
            for (int wait : new int[]{500, 2_000, 0}) {
                step(yaml, "look", "turns=" + turns + " wait=" + wait + " ", "0.." + (turns - 2), wait, """
                              - text: Je continue.
                              - call: Glob
                                input: {pattern: '**/*.md'}
                        """);
                step(yaml, "deliver", "turns=" + turns + " wait=" + wait + " ", turns - 1 + "..", wait, spoken());
            }
        }
        step(yaml, "deliver", "turns=1 ", "0..", 0, spoken());
        return yaml.toString();
    }

    private static void step(StringBuilder yaml, String name, String first, String turn, int wait, String reply) {
        yaml.append("  - name: ").append(name).append("\n    when: {first: '").append(first).append("', turn: ").append(turn)
                .append("}\n    latency: ").append(wait).append("ms\n    reply:\n").append(reply);
    }

    private static String spoken() {
        return "      - text: |\n" + deliverable("Aucun").indent(10);
    }
}
