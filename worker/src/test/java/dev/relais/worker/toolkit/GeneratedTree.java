package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A working tree from a seed: code and French prose, ignore files of every kind, files in other encodings, binary ones. */
final class GeneratedTree {
    private static final String[] WORDS = {"élève", "été", "Été", "ÉCOLE", "école", "cœur", "naïve", "où", "ça", "garçon",
            "hôtel", "forêt",
            "Noël", "aujourd'hui", "l'été", "commande", "stock", "Stock", "STOCK", "quantité", "référence", "événement", "œuvre",
            "Straße",
            "σίσυφος", "ΣΊΣΥΦΟΣ", "١٢٣", "42", "7", "2026-11-28", "foo_bar", "foo-bar", "foobar", "fooBar", "aaaa", "abab", "x",
            "Zoé",
            "zone", "le", "la", "et", "dans", "prix", "client", "livraison", "0x1F", "10.0.0.1", "jean@exemple.fr",
            "https://exemple.fr/a?b=c",
            "K", "\u212A", "ſ", "İ", "ı", "été_2", "№", "—", "…", "«", "»", "€", "日本語", "🙂", "e\u0301tude", "\u00A0"};
    private static final String[] LINES = {"const stock = 42;", "function getStock(id) {", "    return stock.get(id);", "}",
            "SELECT * FROM orders WHERE id = 7;", "// TODO: vérifier la quantité", "# FIXME(jean): à revoir",
            "import java.util.List;",
            "public final class Stock {", "{\"clé\": \"valeur\", \"n\": [1, 2, 3]}", "interface{} x[0] = (a + b) * c;",
            "\tif (x == null) {",
            "", "", "   ", "\t", "end", "<h1>Été à l'école</h1>", "price: 19.99", "a\\b\\c", "foo(bar(baz))", "key=value", "---"};
    private static final String[] ENDS = {"java", "js", "ts", "tsx", "py", "md", "txt", "sql", "json", "log", "gen", "yml", "c",
            "h"};
    private static final String[] NAMES = {"stock", "Stock", "commande", "été", "a b", "test", "index", "main", "notes[1]",
            "build", "x",
            "README", "données", "temp", "keep"};
    private static final String[] DIRECTORIES = {"src", "lib", "test", "docs", "build", "target", "gen", ".hidden", "été",
            "vendor", "a b"};

    private final Random random;
    private final Path root;
    private final List<String> directories = new ArrayList<>(List.of(""));
    private final Set<String> crlf = new TreeSet<>();
    private final Set<String> windows1252 = new TreeSet<>();

    GeneratedTree(Path root, long seed) {
        this.root = root;
        this.random = new Random(seed);
    }

    /** Files whose lines end otherwise than ripgrep takes for granted. */
    Set<String> crlf() {
        return crlf;
    }

    /** Files that are no UTF-8. */
    Set<String> windows1252() {
        return windows1252;
    }

    void make(int files) throws IOException {
        for (int i = 0; i < 150; i++) {
            String above = directories.get(random.nextInt(directories.size()));
            if (above.chars().filter(each -> each == '/').count() < 5) {
                directories.add(above + of(DIRECTORIES) + (random.nextInt(3) == 0 ? "" : random.nextInt(9)) + "/");
            }
        }
        for (int i = 0; i < files; i++) {
            String name = of(NAMES) + (random.nextInt(4) == 0 ? "" : i) + "." + of(ENDS);
            file(directories.get(random.nextInt(directories.size())) + (random.nextInt(25) == 0 ? "." : "") + name);
        }
        Files.createSymbolicLink(root.resolve("link.txt"), Path.of("README.md"));
        ignoreFiles();
    }

    private void file(String path) throws IOException {
        byte[] content = switch (random.nextInt(60)) {
            case 0 -> new byte[0];
            case 1 -> ("\0binary\n" + text("\n")).getBytes(StandardCharsets.UTF_8);
            case 2 -> ("\uFEFF" + text("\n")).getBytes(StandardCharsets.UTF_16LE);
            case 3 -> ("\uFEFF" + text("\n")).getBytes(StandardCharsets.UTF_8);
            case 4 -> {
                windows1252.add(path);
                yield text("\n").replaceAll("[^\\x00-\\xFF]", "é").getBytes(Charset.forName("windows-1252"));
            }
            case 5, 6 -> {
                crlf.add(path);
                yield text("\r\n").getBytes(StandardCharsets.UTF_8);
            }
            case 7 -> (text("\n") + of(WORDS)).getBytes(StandardCharsets.UTF_8);
            case 8 -> (text("\n") + "stock ".repeat(300) + "\n").getBytes(StandardCharsets.UTF_8);
            default -> text("\n").getBytes(StandardCharsets.UTF_8);
        };
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        crlf.removeIf(each -> each.equals(path) && content.length == 0);
        Files.write(file, content);
    }

    private String text(String end) {
        var text = new StringBuilder();
        int lines = 1 + random.nextInt(30);
        for (int i = 0; i < lines; i++) {
            if (random.nextBoolean()) {
                text.append(of(LINES));
            } else {
                for (int word = random.nextInt(9); word >= 0; word--) {
                    text.append(of(WORDS)).append(random.nextInt(8) == 0 ? ", " : random.nextInt(30) == 0 ? "  " : " ");
                }
            }
            text.append(end);
        }
        return text.toString();
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    private void ignoreFiles() throws IOException {
        write(".gitignore",
                lines("# ignored", "*.log", "!keep*.log", "/build/", "target", "**/gen/", "temp*.txt", "\\#odd", "lib/**/x*.c",
                        "notes[[]1].md", "*.gen  ", "docs/*.json", "vendor/**", "!vendor/keep.md", "a\\ b.sql"));
        write(".ignore", "main*.py\n!main1*.py\n");
        write(".rgignore", "index*.yml\n!temp1*.txt\n");
        Files.createDirectories(root.resolve(".git/info"));
        write(".git/info/exclude", "x*.tsx\n");
        write(".git/config", "stock\n");
        for (int i = 1; i < directories.size(); i += 7) {
            write(directories.get(i) + ".gitignore", i % 2 == 0 ? "!*.log\n*.ts\n" : "/*.js\nété*.md\n!*.gen\n");
        }
        for (int i = 3; i < directories.size(); i += 31) {
            write(directories.get(i) + ".ignore", "!*.gen\ncommande*.sql\n");
            Files.createDirectories(root.resolve(directories.get(i + 1) + ".git/info"));
            write(directories.get(i + 1) + ".git/info/exclude", "stock*\n");
        }
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    private String of(String[] all) {
        return all[random.nextInt(all.length)];
    }
}
