package dev.relais.worker.contract;

/** What a reply must have. */
public enum ContractPart {
    BANNER("banner", "la bannière d'entrée, en tout premier"),
    BLOCK("block", "le bloc livrable, en tout dernier, avec sa ligne « 📦 LIVRABLE »"),
    TYPE("type", "le champ « Type »"),
    FILES("files", "le champ « Fichiers » (la liste, ou « Aucun »)"),
    STATUS("status", "le champ « Statut », avec un seul des trois statuts"),
    SUMMARY("summary", "le champ « Résumé »");

    private final String code;
    private final String french;

    ContractPart(String code, String french) {
        this.code = code;
        this.french = french;
    }

    /** Stable, for evidence and logs. */
    public String code() {
        return code;
    }

    String french() {
        return french;
    }
}
