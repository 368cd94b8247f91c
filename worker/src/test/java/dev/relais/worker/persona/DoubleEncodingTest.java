package dev.relais.worker.persona;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.worker.persona.PersonaFile.Loaded;
import dev.relais.worker.persona.PersonaFile.Parsed;

import static org.assertj.core.api.Assertions.assertThat;

class DoubleEncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "windows-1254"})
    void theShippedPersonaComesBackWholeFromEitherCodepage(String codepage) {
        String damaged = Damage.encodedTwice(PersonaFile.shipped(), codepage);
        Loaded loaded = PersonaFile.load(damaged.getBytes(StandardCharsets.UTF_8));
        assertThat(damaged).isNotEqualTo(PersonaFile.shipped());
        assertThat(loaded.reading()).isEqualTo(new Parsed(Personas.shipped()));
        assertThat(loaded.repairs().getFirst().before()).contains(codepage);
        assertThat(rebuilt(loaded)).hasSizeGreaterThan(60).allSatisfy(repair -> {
            String line = PersonaFile.shipped().lines().skip(repair.line() - 1L).findFirst().orElseThrow();
            int at = line.offsetByCodePoints(0, repair.column() - 1);
            assertThat(Character.toString(line.codePointAt(at))).isEqualTo(repair.after());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"⏳ En attente", "🏗️ architecture — été", "❌ non → ← oui", "🐍 Python à l'œuvre", "« ok » — “yes”",
            "🎯 é", "┌──┐ é", "👨\u200D💻 é", "═════ É", "🔍 vu", "İstanbul'da çalışır 🎨", "📝 vÁ é", "✏️ rédige"})
    void usualCharactersAreRebuilt(String text) {
        for (Codepage codepage : Codepage.ALL) {
            String damaged = Damage.encodedTwice("déjà " + text, codepage.label());
            assertThat(DoubleEncoding.undo(damaged, new Effort()).text()).as(codepage.label()).isEqualTo("déjà " + text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "déjà vu", "Ça va", "À Évry", "ÉCOLE", "naïve Ärger", "“quoted” — dash…", "Ä", "ÄÖÜ ß",
            "Ã©tude à part",
            "İstanbul'da çalışır", "⏳ ✅ 🚫", "━━━━", "Ünï©ødé", "Ð Þ ð þ", "50 € £", "中文", "Ǎa", "â", "Œuvre", "ÂÂ", "Ãã"})
    void soundTextIsLeftAsItIs(String text) {
        assertThat(DoubleEncoding.undo(text, new Effort()).text()).isEqualTo(text);
        assertThat(DoubleEncoding.undo(text, new Effort()).repairs()).isEmpty();
    }

    @Test
    void bytesKeptAsControlsOrReplacedAreReadToo() {
        assertThat(DoubleEncoding.undo("dÃ©jÃ\u00A0 â\u008F³", new Effort()).text()).isEqualTo("déjà ⏳");
        assertThat(DoubleEncoding.undo("dÃ©jÃ\u00A0 â\uFFFD³", new Effort()).text()).isEqualTo("déjà ⏳");
    }

    @Test
    void aFileThatWentThroughItTwiceComesBackToo() {
        String twice = Damage.encodedTwice(Damage.encodedTwice("déjà — ✅", "windows-1252"), "windows-1252");
        assertThat(DoubleEncoding.undo(twice, new Effort()).text()).isEqualTo("déjà — ✅");
    }

    @Test
    void aMarkThatItBringsToLightDoesNotHideASecondRound() {
        String text = Damage.encodedTwice("\uFEFF" + Damage.encodedTwice("déjà — ✅", "windows-1252"), "windows-1252");
        assertThat(FileText.of(text, new Effort()).text()).isEqualTo("déjà — ✅");
    }

    @Test
    void aRuleOfOneBrokenCharacterIsHeavyWhereverItStands() {
        String text = "━━━━\né ━━━━━━\n";
        assertThat(DoubleEncoding.undo(Damage.encodedTwice(text, "windows-1252"), new Effort()).text()).isEqualTo(text);
    }

    @Test
    void aRepairedTextIsNotRepairedAgain() {
        String once = FileText.of(Damage.encodedTwice(PersonaFile.shipped(), "windows-1254"), new Effort()).text();
        assertThat(FileText.of(once, new Effort()).repairs()).isEmpty();
    }

    private static List<Repair> rebuilt(Loaded loaded) {
        return loaded.repairs().stream().filter(repair -> repair.kind() == Repair.Kind.REBUILT).toList();
    }
}
