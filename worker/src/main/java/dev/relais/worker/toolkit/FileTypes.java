package dev.relais.worker.toolkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** File types by name, as ripgrep has them. */
final class FileTypes {
    private static final Map<String, List<String>> GLOBS = new TreeMap<>();

    static {
        type("c", "*.c", "*.h");
        type("cpp", "*.cpp", "*.cc", "*.cxx", "*.hpp", "*.hh", "*.h", "*.inl");
        type("cs", "*.cs");
        type("css", "*.css", "*.scss");
        type("docker", "*Dockerfile*", "*.dockerfile");
        type("elixir", "*.ex", "*.exs");
        type("go", "*.go");
        type("graphql", "*.graphql", "*.graphqls");
        type("html", "*.html", "*.htm", "*.ejs");
        type("java", "*.java", "*.jsp", "*.properties");
        type("js", "*.js", "*.jsx", "*.mjs", "*.cjs", "*.vue");
        type("json", "*.json");
        type("kotlin", "*.kt", "*.kts");
        type("lua", "*.lua");
        type("make", "Makefile", "makefile", "*.mk", "*.mak", "CMakeLists.txt");
        type("markdown", "*.md", "*.markdown", "*.mdx");
        type("md", "*.md", "*.markdown", "*.mdx");
        type("php", "*.php", "*.phtml");
        type("prisma", "*.prisma");
        type("proto", "*.proto");
        type("protobuf", "*.proto");
        type("py", "*.py", "*.pyi");
        type("python", "*.py", "*.pyi");
        type("ruby", "*.rb", "Gemfile", "Rakefile", "*.gemspec");
        type("rust", "*.rs");
        type("scala", "*.scala", "*.sbt");
        type("sh", "*.sh", "*.bash", "*.zsh", ".bashrc", ".profile");
        type("sql", "*.sql", "*.psql");
        type("swift", "*.swift");
        type("toml", "*.toml", "Cargo.lock");
        type("ts", "*.ts", "*.tsx", "*.mts", "*.cts");
        type("typescript", "*.ts", "*.tsx", "*.mts", "*.cts");
        type("txt", "*.txt");
        type("xml", "*.xml", "*.xsd", "*.xsl");
        type("yaml", "*.yaml", "*.yml");
    }

    private FileTypes() {}

    private static void type(String name, String... globs) {
        GLOBS.put(name, List.of(globs));
    }

    /** @return empty for an unknown type */
    static List<String> globs(String type) {
        return GLOBS.getOrDefault(type, List.of());
    }

    static String known() {
        return String.join(", ", GLOBS.keySet());
    }
}
