package dev.relais.worker.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a file is, by its path alone. */
enum FilePlace {
    /** Locks, generated and vendored files: nobody writes these, and they are full of hashes. */
    GENERATED,
    /** An example environment, whose values are placeholders. */
    EXAMPLE,
    TEST,
    PROSE,
    CODE;

    private static final Set<String> LOCKS = Set.of("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml",
            "bun.lock", "poetry.lock", "pipfile.lock", "uv.lock", "cargo.lock", "composer.lock", "gemfile.lock", "go.sum",
            "gradle.lockfile");
    private static final List<String> GENERATED_IN = List.of("/node_modules/", "/dist/", "/vendor/", "/__pycache__/", "/.next/");
    private static final List<String> TESTS_IN = List.of("/test/", "/tests/", "/__tests__/", "/spec/", "/specs/", "/e2e/",
            "/fixtures/", "/__mocks__/", "/testdata/");
    private static final List<String> SETTINGS = List.of(".env", ".yml", ".yaml", ".properties", ".ini", ".conf", ".cfg", ".toml",
            ".sh",
            ".tfvars", "makefile");
    private static final List<String> EXAMPLES = List.of(".example", ".sample", ".template", ".dist", ".exemple");

    static FilePlace of(String path) {
        String whole = "/" + path.toLowerCase(Locale.ROOT);
        String name = whole.substring(whole.lastIndexOf('/') + 1);
        if (LOCKS.contains(name) || name.endsWith(".min.js") || name.endsWith(".map")
                || GENERATED_IN.stream().anyMatch(whole::contains)) {
            return GENERATED;
        }
        boolean isExample = EXAMPLES.stream().anyMatch(end -> name.endsWith(end) || name.contains(end + "."));
        if (isExample || name.equals("env.example") || name.startsWith("example.env")) {
            return EXAMPLE;
        }
        boolean isTest = name.contains(".test.") || name.contains(".spec.") || name.startsWith("test_")
                || name.contains("_test.") || name.startsWith("conftest.") || name.endsWith("test.java");
        if (isTest || TESTS_IN.stream().anyMatch(whole::contains)) {
            return TEST;
        }
        boolean isProse = name.endsWith(".md") || name.endsWith(".mdx") || name.endsWith(".rst") || name.endsWith(".adoc")
                || (name.endsWith(".txt") && !name.startsWith("requirements")) || name.startsWith("license")
                || name.startsWith("changelog");
        return isProse ? PROSE : CODE;
    }

    /** Whether values stand without quotes in it. */
    static boolean isSettings(String path) {
        String name = path.toLowerCase(Locale.ROOT).substring(path.lastIndexOf('/') + 1);
        return name.startsWith(".env") || name.startsWith("dockerfile") || name.startsWith(".npmrc") || name.startsWith(".pypirc")
                || SETTINGS.stream().anyMatch(name::endsWith);
    }
}
