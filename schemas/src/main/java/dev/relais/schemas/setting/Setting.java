package dev.relais.schemas.setting;

/** Every name that a part knows. A part that has no use for one still accepts it, so that one file can serve all parts of a machine. */
enum Setting {
    KAFKA_BOOTSTRAP_SERVERS("localhost:9092"),
    RELAIS_NAMESPACE("relais."),
    RELAIS_INSTANCE(""),
    RELAIS_DATA_DIR(""),
    RELAIS_HTTP_PORT("0"),
    RELAIS_MANAGEMENT_PORT("0"),
    RELAIS_PERSONA(""),
    RELAIS_AGENTS("backend-dev"),
    RELAIS_FOREIGN_AGENTS("architecte,securite,frontend-dev,chef-equipe"),
    RELAIS_SANDBOX("auto"),
    RELAIS_SANDBOX_READ(""),
    RELAIS_SANDBOX_NETWORK("none"),
    RELAIS_TICK("1s"),
    RELAIS_PARTITIONS("8"),
    RELAIS_CONCURRENCY("256"),
    RELAIS_WORKSPACE_REMOTE(""),
    RELAIS_WORKSPACE_QUOTA("4GiB"),
    RELAIS_PRICES(""),
    RELAIS_REPLICATION("1"),
    RELAIS_CONFIG(""),
    ANTHROPIC_API_KEY(""),
    ANTHROPIC_BASE_URL("");

    private final String byDefault;

    Setting(String byDefault) {
        this.byDefault = byDefault;
    }

    String byDefault() {
        return byDefault;
    }
}
