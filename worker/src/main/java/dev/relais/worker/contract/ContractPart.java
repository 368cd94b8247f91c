package dev.relais.worker.contract;

import dev.relais.worker.persona.Phrase;

/** What a reply must have. */
public enum ContractPart {
    BANNER("banner", Phrase.PART_BANNER),
    BLOCK("block", Phrase.PART_BLOCK),
    TYPE("type", Phrase.PART_TYPE),
    FILES("files", Phrase.PART_FILES),
    STATUS("status", Phrase.PART_STATUS),
    SUMMARY("summary", Phrase.PART_SUMMARY);

    private final String code;
    private final Phrase phrase;

    ContractPart(String code, Phrase phrase) {
        this.code = code;
        this.phrase = phrase;
    }

    /** Stable, for evidence and logs. */
    public String code() {
        return code;
    }

    Phrase phrase() {
        return phrase;
    }
}
