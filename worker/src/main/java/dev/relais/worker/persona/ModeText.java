package dev.relais.worker.persona;

/** What a validation mode means for the persona. */
final class ModeText {
    private ModeText() {}

    static String of(int mode) {
        return switch (mode) {
            case 2 -> "- Mode 2 (tout auto) : le livrable part dès qu'il est rendu, sans attendre.";
            case 3 -> "- Mode 3 (étapes clés) : en tant qu'agent spécialisé, rends le livrable sans attendre de validation.";
            default ->
                "- Mode 1 (chaque livrable) : une personne valide le livrable avant qu'il parte ; affiche ta demande de validation après le bloc. "
                        + "Son verdict t'arrivera comme prochain message. Un travail achevé garde le statut « ✅ Terminé » : "
                        + "« ⏳ En attente » dit que tu attends un autre agent.";
        };
    }
}
