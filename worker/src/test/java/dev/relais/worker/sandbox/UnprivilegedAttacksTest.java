package dev.relais.worker.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The attacks once more on a worker that is not root, as an operator's worker is: file modes that a command sets bind that worker too. Where these
 * tests run as root, it is a process of its own, of a user without an account.
 */
class UnprivilegedAttacksTest {
    private static final int UID = 60_817;
    @TempDir
    private Path dir;

    @Test
    @Timeout(900)
    void theWallsHoldForAWorkerThatIsNotRoot() throws Exception {
        Assumptions.assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "AttackSuiteTest itself was not root");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path own = Files.createDirectory(dir.resolve("own"));
        Files.setAttribute(own, "unix:gid", UID);
        Files.setAttribute(own, "unix:uid", UID);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Assumptions.assumeTrue(said(List.of(java, "-version"), dir.resolve("version")).code() == 0,
                "SKIPPED: " + java + " cannot be run by user " + UID);
        Said attacks = said(List.of(java, "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + own, "-cp",
                readableClassPath(), UnprivilegedAttacksTest.class.getName(), own.toString()), dir.resolve("said"));
        System.out.println("as user " + UID + ": " + attacks.text());
        assertThat(attacks.code()).as(attacks.text()).isZero();
        assertThat(attacks.text()).containsPattern("(attacks tried \\d{2,}, held|SKIPPED)");
    }

    private record Said(int code, String text) {}

    private static Said said(List<String> command, Path output) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("setpriv", "--reuid", String.valueOf(UID), "--regid", String.valueOf(UID),
                "--clear-groups", "--inh-caps=-all", "--"));
        line.addAll(command);
        Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            int code = process.waitFor();
            return new Said(code, Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    /** A copy of what these tests run from: it may lie in root's home. */
    private String readableClassPath() throws IOException {
        var copies = new ArrayList<String>();
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(each);
            if (Files.exists(from)) {
                Path to = dir.resolve("class-path-" + copies.size() + (Files.isDirectory(from) ? "" : ".jar"));
                copy(from, to);
                copies.add(to.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Path copy = each.equals(from) ? to : to.resolve(from.relativize(each).toString());
                Files.copy(each, copy, StandardCopyOption.REPLACE_EXISTING);
                if (!Files.isSymbolicLink(copy)) {
                    Files.setPosixFilePermissions(copy, PosixFilePermissions
                            .fromString(Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS) ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    /** @param arguments a directory of the user's own */
    public static void main(String[] arguments) throws Exception {
        AttackSuiteTest.dir = Path.of(arguments[0]);
        AttackSuiteTest.walls();
        var failed = new ArrayList<String>();
        var suite = new AttackSuiteTest();
        for (AttackSuiteTest.Trial each : AttackSuiteTest.trials().toList()) {
            Attack attack = each.attack();
            try {
                suite.theWallsHold(attack, each.way());
            } catch (TestAbortedException e) {
                System.out.println("skipped: " + attack + ": " + e.getMessage());
            } catch (Exception | AssertionError e) {
                failed.add(attack + ": " + e);
            }
        }
        AttackSuiteTest.report();
        failed.forEach(each -> System.out.println("NOT HELD: " + each));
        System.exit(failed.isEmpty() ? 0 : 1);
    }
}
