package dev.relais.worker.policy;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.persona.Language;

import static org.assertj.core.api.Assertions.assertThat;

class FileClaimRuleTest {
    private static final List<DeliveredFile> CHANGED = List.of(new DeliveredFile("Dockerfile", "added", false),
            new DeliveredFile("services/api/src/cart.ts", "added", false),
            new DeliveredFile("services/api/src/index.ts", "modified", false),
            new DeliveredFile("src/[id].ts", "added", false), new DeliveredFile("src/old.ts", "deleted", false),
            new DeliveredFile("src/index.ts", "added", false));

    @ParameterizedTest
    @CsvSource(delimiter = '#', nullValues = "-", value = {
            "src/index.ts # - # src/index.ts", "./src//index.ts # - # src/index.ts",
            "/workspace/src/index.ts # - # src/index.ts", "src/../src/index.ts # - # src/index.ts",
            "/data/checkouts/1-w/src/index.ts # - # src/index.ts",
            "/data/checkouts/1-w/src/none.ts # - # ''",
            "data/src/index.ts # - # ''",
            "src/old.ts # - # src/old.ts",
            "src/none.ts # - # ''", "README.md # - # ''", "Src/index.ts # - # ''", "src/index # - # ''", "index.t # - # ''",
            // A folder stands for what changed below it.
            "services/ # - # services/api/src/cart.ts services/api/src/index.ts",
            "services/api/src # - # services/api/src/cart.ts services/api/src/index.ts",
            "serv # - # ''", "services/web/ # - # ''",
            // Patterns.
            "src/*.ts # - # src/[id].ts src/old.ts src/index.ts", "services/*.ts # - # ''",
            "services/**/*.ts # - # services/api/src/cart.ts services/api/src/index.ts",
            "src/**/index.ts # - # src/index.ts",
            "*.ts # - # services/api/src/cart.ts services/api/src/index.ts src/[id].ts src/old.ts src/index.ts",
            "src/ol?.ts # - # src/old.ts", "*.sql # - # ''", "src/[id].ts # - # src/[id].ts", "src/(*.ts # - # ''",
            // A name alone, where one file has it.
            "cart.ts # - # services/api/src/cart.ts", "index.ts # - # ''",
            // From the subdirectory in which the persona works.
            "src/cart.ts # services/api # services/api/src/cart.ts", "src/cart.ts # ./services/api/ # services/api/src/cart.ts",
            "src/cart.ts # - # ''", "src/c*.ts # services/api # services/api/src/cart.ts",
            "src/index.ts # services/api # src/index.ts", "services/api/src/cart.ts # services/api # services/api/src/cart.ts"})
    void aNameStandsForTheChangedFilesThatItMeans(String claim, String subdirectory, String files) {
        FileClaimRule.Held held = FileClaimRule.hold(CHANGED, List.of(claim), subdirectory);
        List<String> expected = files.isEmpty() ? List.of() : List.of(files.split(" "));
        assertThat(held.files()).filteredOn(file -> !file.change().equals(FileClaimRule.UNCHANGED))
                .filteredOn(DeliveredFile::claimed)
                .extracting(DeliveredFile::path).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(held.unfounded()).isEqualTo(expected.isEmpty() ? List.of(claim) : List.of());
    }

    @Test
    void everyChangedFileIsListedWithWhatIsNamedAndDidNotChange() {
        assertThat(FileClaimRule.hold(CHANGED.subList(0, 1), List.of("src/ghost.ts"), null).files())
                .containsExactly(CHANGED.getFirst(), new DeliveredFile("src/ghost.ts", "none", true));
        assertThat(FileClaimRule.hold(List.of(), List.of(), null).files()).isEmpty();
    }

    @Test
    void aNameThatNoSystemTakesAndPatternsWithoutEndAreUnfounded() {
        String endless = "/a".repeat(400_000);
        List<String> patterns = IntStream.range(0, 10_000).mapToObj(i -> "none*" + i).toList();
        assertThat(FileClaimRule.hold(CHANGED, List.of(endless), null).unfounded()).containsExactly(endless);
        assertThat(FileClaimRule.hold(CHANGED, patterns, null).unfounded()).isEqualTo(patterns);
    }

    @Test
    void thePersonaIsToldWhichTheyAreAndWhatItMayDo() {
        assertThat(FileClaimRule.toPersona(List.of("src/ghost.ts"), Language.FRENCH)).contains("\n- src/ghost.ts\n", "écris",
                "retire",
                "réponse complète");
    }
}
