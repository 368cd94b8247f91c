package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.relais.worker.regex.TextPattern;
import dev.relais.worker.search.Query;
import dev.relais.worker.search.TreeSearch;
import dev.relais.worker.search.TreeWalk;

/** The Grep tool's search beside ripgrep's program on the same tree, one after the other: what a call of the model's takes. */
final class Grepping {
    private static final int FILES = 5_000;
    private static final int LINES = 200;
    private static final int REPETITIONS = 9;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String[] WORDS = {"stock", "Stock", "commande", "élève", "été", "return", "import", "public", "value",
            "42",
            "const", "client", "quantité", "if", "x", "==", "null;", "foo_bar", "(a", "b)"};
    private static final List<Search> SEARCHES = List.of(new Search("a word that is rare", "zyzzyva", false),
            new Search("a word that is everywhere", "stock", false), new Search("a word in any case", "QUANTITÉ", true),
            new Search("words, Unicode boundaries", "\\bété\\b", false), new Search("no literal", "[a-z]+_[a-z]+\\s+\\d", false),
            new Search("alternatives", "zyzzyva|xylophone|syzygy", false));

    private final Told told;

    private record Search(String what, String pattern, boolean ignoreCase) {}

    Grepping(Told told) {
        this.told = told;
    }

    void measure(Path directory) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        told.progress("grep: making " + FILES + " files");
        make(tree);
        for (Search search : SEARCHES) {
            var ours = new ArrayList<Double>();
            var theirs = new ArrayList<Double>();
            long found = grep(tree, search);
            long foundByThem = ripgrep(tree, search);
            if (found != foundByThem) {
                throw new BenchFailed("Grep finds " + found + " files and ripgrep " + foundByThem + " for " + search.pattern());
            }
            for (int i = 0; i < REPETITIONS; i++) {
                long start = System.nanoTime();
                grep(tree, search);
                long between = System.nanoTime();
                ripgrep(tree, search);
                ours.add((between - start) / 1e6);
                theirs.add((System.nanoTime() - between) / 1e6);
            }
            Spread grep = Spread.of(ours);
            Spread ripgrep = Spread.of(theirs);
            told.figure(new Figure(Part.GREP, search.what() + ", Grep", grep, "ms", new Target.None()));
            told.figure(new Figure(Part.GREP, search.what() + ", ripgrep", ripgrep, "ms", new Target.None()));
            told.figure(Figure.of(Part.GREP, search.what() + ", Grep / ripgrep", grep.median() / ripgrep.median(), "times"));
        }
    }

    private static void make(Path tree) throws IOException {
        var random = new Random(6);
        for (int file = 0; file < FILES; file++) {
            var text = new StringBuilder();
            for (int line = 0; line < LINES; line++) {
                for (int word = 0; word < 7; word++) {
                    text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
                }
                text.append('\n');
            }
            text.append(file % 1_000 == 7 ? "zyzzyva\n" : "");
            Path path = tree.resolve("d" + file % 50 + "/e" + file % 7 + "/f" + file + ".java");
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        }
        Files.writeString(tree.resolve(".gitignore"), "*.log\n/build/\nnode_modules/\n");
    }

    /** @return how many files match */
    private static long grep(Path tree, Search search) throws InterruptedException {
        var options = new TextPattern.Options(search.ignoreCase(), false);
        if (!(TextPattern.read(search.pattern(), options) instanceof TextPattern.Read.Usable usable)) {
            throw new BenchFailed("no pattern: " + search.pattern());
        }
        var query = new Query(usable.pattern(), Query.Mode.FILES, new Query.Print(0, 0, true, false), false, 250);
        InstantSource clock = InstantSource.system();
        try (var running = new TreeSearch(query, path -> path, clock, clock.instant().plus(LIMIT))) {
            TreeWalk.walk(tree, "", true,
                    (file, path, attributes, ignored) -> ignored || running.add(file, path, attributes.size()));
            return running.hits().files();
        }
    }

    private static long ripgrep(Path tree, Search search) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("rg", "--no-config", "--hidden", "--files-with-matches", "--no-require-git"));
        if (search.ignoreCase()) {
            command.add("--ignore-case");
        }
        command.addAll(List.of("-e", search.pattern(), "."));
        Process process;
        try {
            process = new ProcessBuilder(command).directory(tree.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new BenchFailed(
                    "ripgrep cannot be started, and without it there is nothing to compare with: install rg (ripgrep)");
        }
        long lines;
        try (var output = process.inputReader()) {
            lines = output.lines().count();
        }
        process.waitFor();
        return lines;
    }
}
