package dev.relais.deploy.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.management.UnixOperatingSystemMXBean;

import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.topic.TopicPlan;

/** Looks at one thing after the other. */
final class Checkup {
    private static final long FILES = 16_384;
    private static final int JAVA = 25;

    private final Settings settings;

    Checkup(Settings settings) {
        this.settings = settings;
    }

    /** @param mend the command that mends it, or the empty text */
    record Finding(String what, boolean ok, String detail, String mend) {}

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(java());
        findings.add(git());
        findings.add(files());
        findings.add(dataDir());
        findings.add(sandbox());
        findings.add(workspaceRemote());
        findings.add(model());
        Finding broker = broker();
        findings.add(broker);
        if (broker.ok()) {
            findings.add(topics());
        }
        return findings;
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return new Finding("java", feature >= JAVA, Runtime.version() + " at " + System.getProperty("java.home"),
                feature >= JAVA ? "" : "apt-get install temurin-25-jdk   (packages.adoptium.net), or set JAVA_HOME");
    }

    private static Finding git() {
        var told = told("git", "--version");
        return new Finding("git", told.isOk(), told.text(), told.isOk() ? "" : "apt-get install git");
    }

    private static Finding files() {
        long most = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : FILES;
        return new Finding("open files", most >= FILES, "at most " + most + ", thousands of runs need " + FILES,
                most >= FILES ? "" : "ulimit -n " + FILES + "   (systemd: LimitNOFILE=" + FILES + ")");
    }

    private Finding dataDir() {
        Path directory = settings.dataDir();
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "doctor", ".tmp"));
            return new Finding("data", true, directory + " can be written", "");
        } catch (IOException e) {
            return new Finding("data", false, directory + " cannot be written: " + e.getMessage(),
                    "mkdir -p " + directory + "   or set RELAIS_DATA_DIR");
        }
    }

    private Finding sandbox() {
        var look = SandboxLook.at(settings, settings.dataDir());
        return new Finding("sandbox", look.isFine(), look.detail(), look.mend());
    }

    private Finding workspaceRemote() {
        if (settings.workspaceRemote().isEmpty()) {
            return new Finding("workspaces", true, "snapshots go to a repository in " + settings.dataDir()
                    + "; workers on other machines need RELAIS_WORKSPACE_REMOTE", "");
        }
        String remote = settings.workspaceRemote().get();
        var told = told("git", "ls-remote", "--", remote);
        return new Finding("workspaces", told.isOk(), told.isOk() ? "RELAIS_WORKSPACE_REMOTE answers" : told.text(),
                told.isOk() ? "" : "git ls-remote RELAIS_WORKSPACE_REMOTE   must work for the worker's user");
    }

    private Finding model() {
        boolean isNamed = settings.anthropicApiKey().isPresent() || settings.anthropicBaseUrl().isPresent();
        return new Finding("model", isNamed, isNamed ? "a key or a base URL is set" : "a worker has no model to ask",
                isNamed ? "" : "export ANTHROPIC_API_KEY=…   or ANTHROPIC_BASE_URL of a server that speaks the Messages API");
    }

    private Finding broker() {
        try {
            int nodes = Link.admin(settings, admin -> admin.describeCluster().nodes().get().size());
            return new Finding("broker", true, settings.bootstrapServers() + " answers, " + nodes + " node(s)", "");
        } catch (Failure e) {
            return new Finding("broker", false, String.valueOf(e.getMessage()),
                    "relais up   or export KAFKA_BOOTSTRAP_SERVERS=…");
        }
    }

    private Finding topics() {
        var there = Link.admin(settings, admin -> admin.listTopics().names().get());
        var missing = TopicPlan.of(settings).topics().stream().map(TopicPlan.Planned::name).filter(name -> !there.contains(name))
                .toList();
        return new Finding("topics", missing.isEmpty(),
                missing.isEmpty() ? "all are there" : "missing: " + String.join(", ", missing),
                missing.isEmpty() ? "" : "relais topics apply   (a coordinator or worker does it at its start)");
    }

    /** @param text the first line that it said */
    private record Told(boolean isOk, String text) {}

    private static Told told(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Told(false, String.join(" ", command) + " did not end within 10 s");
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Told(process.exitValue() == 0, Screen.oneLine(text, 200));
        } catch (IOException e) {
            return new Told(false, command[0] + " is not installed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Told(false, "interrupted");
        }
    }
}
