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

    /** Before the first logger: a part tells what it does, a verb only what is wrong. {@code -Drelais.log=DEBUG} wins. */
    private static void configureLog(String[] arguments) {
        setUnlessSet("logback.configurationFile", "relais-logback.xml");
        if (arguments.length > 0 && PARTS.contains(arguments[0])) {
            setUnlessSet("relais.log", "INFO");
        }
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
