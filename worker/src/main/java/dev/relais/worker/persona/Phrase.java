package dev.relais.worker.persona;

import java.util.Locale;

/** All that Relais says in a persona's language. The words are those of the language's file; a comment tells what its {@code %s} stand for, in order. */
public enum Phrase {
    // The first message
    TASK,
    /** Title. */
    TASK_TITLED,
    /** Name. */
    PROJECT,
    REQUEST,
    CONTEXT,
    CONSTRAINTS,
    EXPECTED,
    ACCEPTANCE,
    WORKSPACE,
    VALIDATION,
    /** Of what follows. */
    NAMED,
    API_CONTRACT,
    DB_SCHEMA,
    DECISIONS,
    NOTES,
    NO_API_CONTRACT,
    NO_DATABASE_DECISION,
    FRAMEWORK,
    PERFORMANCE,
    STACK,
    OTHER,
    ACCEPTANCE_RUNS,
    NETWORK_OPEN,
    /** Its path. */
    WORKSPACE_EMPTY,
    /** Its path, the repository. */
    WORKSPACE_OF,
    REFERENCE,
    SUBDIRECTORY,
    MODE_1,
    MODE_2,
    MODE_3,
    /** The persona's name. */
    END_WITH,

    // Later messages
    /** Who speaks or nothing, what they said, WHOLE_FORM. */
    CHANGES,
    /** Who speaks or nothing, what they said, WHOLE_FORM. */
    MESSAGE,
    /** Who speaks or nothing, what they said. */
    ANSWER_TO_CALL,
    /** Who speaks or nothing, what they said, WHOLE_FORM. */
    ANSWER_TO_STATUS,
    /** The persona's name. */
    WHOLE_FORM,
    SILENT_CHANGES,
    SILENT,
    NO_ANSWER_YET,

    // Below the persona's own text
    SURROUNDINGS,
    /** The workspace's path. */
    PLACE,
    /** Their names. */
    TOOLS,
    PROCESSES,
    /** The patterns. */
    COMMANDS,
    /** The tool's name. */
    ALONE,
    /** The tool's name. */
    ESCALATE,
    /** The tool's name. */
    ESCALATE_BY_TABLE,
    FOUR_POINTS,
    /** The workspace's path. */
    FINAL_REPLY,

    // The display protocol of a persona that has none
    PROTOCOL,
    BANNER_RULE,
    BLOCK_RULE,
    /** The persona's name. */
    BLOCK_FORM,
    VALIDATION_REQUEST,

    // A reply whose form is broken, and one that was cut
    REPAIR,
    REPAIR_ONLY,
    REPAIR_BANNER,
    REPAIR_BLOCK,
    REPAIR_VALIDATION,
    PART_BANNER,
    PART_BLOCK,
    PART_TYPE,
    PART_FILES,
    PART_STATUS,
    PART_SUMMARY,
    CUT_TEXT,
    CUT_CALLS,
    SMALLER,

    // What the checks send back
    ASK_TO_ESCALATE,
    /** One line a place. */
    SECRETS,
    /** One line a file. */
    UNFOUNDED_FILES,
    ACCEPTANCE_FAILED,
    COMMAND_FAILED,
    COMMAND_PASSED,
    ACCEPTANCE_MEND,
    ONE_MORE_TRY,
    LAST_TRY,

    // What Relais asks others in the persona's stead
    AWAITED_VALIDATION,
    BLOCKED_TASK,
    NO_SUMMARY,
    NO_OBSTACLE,
    ANSWER_OPTION,
    ANSWER_TRADEOFFS,
    /** The round, the agent. */
    ALERT_DONE,
    ALERT_FOUND,
    /** How many. */
    ALERT_MORE,
    APPROVE_OPTION,
    APPROVE_TRADEOFFS,
    CHANGE_OPTION,
    CHANGE_TRADEOFFS,

    // What a diff shows
    DATABASE,
    SENSITIVE,
    API_CONTRACT_CHANGE,
    /** Path, what. */
    WATCHED,
    /** Name. */
    ENGINE_DEPENDENCY,
    /** Name. */
    ENGINE,
    MIGRATION,
    DDL,
    MAPPING,
    /** Name. */
    AUTH_DEPENDENCY,
    /** Name. */
    PAYMENT_DEPENDENCY,
    AUTH,
    PAYMENT,
    PERSONAL_DATA,
    BREAKING,
    /** What. */
    BREAKING_IN,
    /** Reason. */
    INCOMPARABLE,
    LESS_SCHEMA,
    /** Routes. */
    LESS_ROUTES,
    WHOLE_CONTRACT,
    /** Method and path. */
    OPERATION_GONE,
    /** Method and path. */
    OPERATION_CHANGED,
    /** Name. */
    FIELD_GONE,
    /** Name. */
    FIELD_TYPE_CHANGED;

    /** In the languages' files. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
