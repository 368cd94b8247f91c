package dev.relais.deploy.cli;

import java.util.Set;

/** The {@code relais} program. */
public final class RelaisMain {
    private static final Set<String> PARTS = Set.of("broker", "coordinator", "worker", "playbook");

    private RelaisMain() {}

    static void main(String[] arguments) {
        configureLog(arguments);
        System.exit(Relais.commandLine().execute(arguments));
    }

    /**
     * Before the first logger: a part tells what it does, a stack in one process what is wrong. Any other verb says itself what a reader can
     * act on, where Kafka's clients would repeat it twice a second. {@code -Drelais.log=DEBUG} wins.
     */
    private static void configureLog(String[] arguments) {
        String verb = arguments.length == 0 ? "" : arguments[0];
        setUnlessSet("logback.configurationFile", "relais-logback.xml");
        setUnlessSet("relais.log", PARTS.contains(verb) ? "INFO" : "WARN");
        setUnlessSet("relais.log.kafka", PARTS.contains(verb) ? "WARN" : "ERROR");
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
