package dev.relais.worker.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a command's environment holds: a closed list, so that no secret of the worker's is in it, whatever its name (I10). */
final class EnvironmentRule {
    static final String MARK = "COMMAND_MARK";
    private static final List<String> PASSED_ON = List.of("PATH", "JAVA_HOME", "TZ");

    private EnvironmentRule() {}

    /**
     * @param worker the worker's own environment
     * @param mark unique to the command
     */
    static Map<String, String> environment(Map<String, String> worker, Path workspace, Path home, String mark) {
        Map<String, String> environment = environment(worker, workspace, home);
        environment.put(MARK, mark);
        return environment;
    }

    /** @param worker the worker's own environment */
    static Map<String, String> environment(Map<String, String> worker, Path workspace, Path home) {
        var environment = new TreeMap<String, String>();
        PASSED_ON.stream().filter(worker::containsKey).forEach(name -> environment.put(name, worker.getOrDefault(name, "")));
        environment.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", home.toString());
        environment.put("WORKSPACE", workspace.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TERM", "dumb");
        environment.put("SHELL", "/bin/bash");
        environment.put("USER", "relais");
        environment.put("LOGNAME", "relais");
        environment.put("PAGER", "cat");
        environment.put("GIT_PAGER", "cat");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_AUTHOR_NAME", "Relais");
        environment.put("GIT_AUTHOR_EMAIL", "relais@localhost");
        environment.put("GIT_COMMITTER_NAME", "Relais");
        environment.put("GIT_COMMITTER_EMAIL", "relais@localhost");
        return environment;
    }
}
