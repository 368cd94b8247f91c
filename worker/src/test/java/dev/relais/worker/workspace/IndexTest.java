package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever is left out of a look, its tree is the one that a worker without any memory would write. */
class IndexTest {
    private static final Quota QUOTA = new Quota(1 << 20, 200);

    @TempDir
    private Path dir;
    private Path root = Path.of("");
    private Store store = store();
    private int linked;

    private Store store() {
        try {
            return dir == null ? Store.at(Files.createTempDirectory("unused")) : Store.at(dir.resolve("store.git"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void makeTree() throws IOException {
        store = store();
        root = Files.createDirectory(dir.resolve("root"));
        Shell.run(root, """
                mkdir -p a/b/c empty 'a b' && for i in 1 2 3 4; do echo $i > a/f$i; echo $i > a/b/g$i; echo $i > h$i; done
                ln -s a/f1 link && chmod 700 a/b && git init -q .
                """);
    }

    private ObjectId afresh() throws IOException, TooMuch {
        return store.keep(root, new Index(root, QUOTA).look(new Touched.Anything()), Optional.empty());
    }

    private ObjectId known(Index index, Touched touched) throws IOException, TooMuch {
        return store.keep(root, index.look(touched), Optional.empty());
    }

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLookAtWhatWasTouchedSeesAsMuchAsOneAtEverything(long seed) throws IOException, TooMuch {
        var random = new Random(seed);
        var index = new Index(root, QUOTA);
        known(index, new Touched.Anything());
        for (int turn = 0; turn < 25; turn++) {
            var touched = new HashSet<String>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                touched.add(change(random));
            }
            boolean all = random.nextInt(5) == 0;
            assertThat(known(index, all ? new Touched.Anything() : new Touched.Paths(touched))).as("turn %d: %s", turn, touched)
                    .isEqualTo(afresh());
        }
        assertThat(known(index, new Touched.Anything())).isEqualTo(afresh());
    }

    @Test
    void whatIsWrittenRightAfterTheFirstLookAtANewDirectoryIsSeen() throws IOException, TooMuch {
        for (int time = 0; time < 50; time++) {
            root = Files.createDirectory(dir.resolve("new" + time));
            var index = new Index(root, QUOTA);
            FileStat around = FileStat.of(dir);
            index.lookAtNew();
            assertThat(FileStat.of(dir)).as("no other file was made").isEqualTo(around);
            assertThat(index.look(new Touched.Nothing()).settled()).as("it may change within the same step of the clock")
                    .isFalse();
            Files.writeString(root.resolve("a"), "one");
            assertThat(known(index, new Touched.Anything())).as("a file").isEqualTo(afresh());
            Files.writeString(root.resolve("a"), "two");
            assertThat(known(index, new Touched.Anything())).as("as long as before").isEqualTo(afresh());
        }
    }

    /** @return the path that was changed */
    private String change(Random random) throws IOException {
        String path = new String[]{"a/f1", "a/b/g2", "h3", "new" + random.nextInt(9), "a/b/c/deep" + random.nextInt(9),
                "n/e/w/" + random.nextInt(5), "link", "a b/x", "a.txt", "a-b", "é/ü", "empty"}[random.nextInt(12)];
        if (random.nextInt(8) == 0) {
            return notWritten(path, random);
        }
        Path file = root.resolve(path);
        switch (random.nextInt(10)) {
            case 0 -> Removal.of(file);
            case 1 -> {
                Removal.of(file);
                Files.createDirectories(file.resolve("in/ner"));
                Files.writeString(file.resolve("in/x"), "x");
            }
            case 2 -> {
                Removal.of(file);
                Files.createDirectories(file.getParent());
                Files.createSymbolicLink(file, Path.of("nowhere" + random.nextInt(3)));
            }
            case 3 -> {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setAttribute(file, "unix:mode", random.nextBoolean() ? 0755 : 0600);
                }
            }
            case 4 -> {
                Path directory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                        ? file
                        : Objects.requireNonNull(file.getParent());
                if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setAttribute(directory, "unix:mode", new int[]{0755, 0700, 01777, 0500}[random.nextInt(4)]);
                }
            }
            case 5 -> {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Path other = root.resolve("other" + linked++);
                    Files.createLink(other, file);
                    return root.relativize(other).toString();
                }
            }
            default -> {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(file)) {
                    Removal.of(file);
                }
                Files.createDirectories(file.getParent());
                Files.writeString(file, "v" + random.nextInt(10));
            }
        }
        return path;
    }

    /** What a tool says that it may change, and then cannot. */
    private static String notWritten(String path, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> path + "/below/it";
            case 1 -> "n".repeat(256);
            case 2 -> path + "/" + "é".repeat(128);
            default -> "deep/" + "d/".repeat(2_500) + "x";
        };
    }

    @Test
    void whatIsWrittenUnderOneNameShowsUnderTheOther() throws IOException, TooMuch {
        Shell.run(root, "ln h1 a/other");
        var index = new Index(root, QUOTA);
        ObjectId before = known(index, new Touched.Anything());
        Files.writeString(root.resolve("h1"), "new");
        assertThat(known(index, new Touched.Paths(Set.of("h1")))).isEqualTo(afresh()).isNotEqualTo(before);
    }

    @Test
    void noEntryHasANameThatTheSystemDoesNotTake() throws IOException, TooMuch {
        for (Stats stats : new Stats[]{new Stats.ByJava(root), Stats.at(root)}) {
            try (stats) {
                assertThat(stats.of("n".repeat(256))).isEmpty();
                assertThat(stats.of("é".repeat(128))).isEmpty();
                assertThat(stats.fits("n".repeat(5_000))).isFalse();
                assertThat(stats.of("n".repeat(255))).isEmpty();
                stats.enter("h1");
                assertThat(stats.of("below")).as("below a file").isEmpty();
                stats.leave();
                assertThat(stats.of("h1").orElseThrow().links()).isEqualTo(1);
            }
        }
    }

    @Test
    void aLookAtOnePathIsOneAtNothingElse() throws IOException, TooMuch {
        var index = new Index(root, QUOTA);
        ObjectId before = known(index, new Touched.Anything());
        Files.writeString(root.resolve("a/f2"), "changed");
        assertThat(known(index, new Touched.Paths(Set.of("a/f1")))).isEqualTo(before);
        assertThat(known(index, new Touched.Nothing())).isEqualTo(before);
        assertThat(known(index, new Touched.Anything())).isNotEqualTo(before);
    }

    @Test
    void whatCannotBeReadByALookThatFailedIsReadByTheNext() throws IOException, TooMuch {
        var index = new Index(root, QUOTA);
        known(index, new Touched.Anything());
        index.forget();
        Files.writeString(root.resolve("a/f2"), "changed");
        assertThat(known(index, new Touched.Paths(Set.of("h1")))).isEqualTo(afresh());
    }

    @Test
    void theQuotaNamesWhatIsLargestAndReadsNothing() throws IOException {
        Shell.run(root, "truncate -s 1T a/huge");
        assertThatThrownBy(() -> new Index(root, QUOTA).look(new Touched.Anything())).isInstanceOf(TooMuch.class)
                .hasMessageContaining("RELAIS_WORKSPACE_QUOTA").hasMessageContaining("\"a\" alone").hasMessageContaining("1 MiB");
        Files.delete(root.resolve("a/huge"));
        Shell.run(root, "mkdir many && cd many && touch $(seq 300)");
        assertThatThrownBy(() -> new Index(root, QUOTA).look(new Touched.Anything())).isInstanceOf(TooMuch.class)
                .hasMessageContaining("at most 200").hasMessageContaining("\"many\" alone");
    }

    @Test
    void directoriesThatNestTooDeepAreTooMuch() throws IOException {
        Shell.run(root, "n=$(printf 'd%.0s' $(seq 200)); for i in $(seq 30); do mkdir $n && cd $n; done");
        for (Stats stats : new Stats[]{new Stats.ByJava(root), Stats.at(root)}) {
            try (stats) {
                assertThatThrownBy(() -> new TreeLook(root, stats, 0).all(null)).isInstanceOf(TooMuch.class)
                        .hasMessageContaining("4096 bytes");
            }
        }
        Removal.of(root);
        assertThat(root).doesNotExist();
    }

    @Test
    void javaAndLinuxTellTheSameOfAFile() throws IOException, TooMuch {
        for (String name : new String[]{"h1", "link", "empty", "a b"}) {
            try (Stats java = new Stats.ByJava(root); Stats fast = Stats.at(root)) {
                assertThat(fast.of(name)).isEqualTo(java.of(name)).isPresent();
                assertThat(fast.of("none")).isEqualTo(java.of("none")).isEmpty();
            }
        }
    }
}
