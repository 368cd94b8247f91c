package dev.relais.worker.policy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TestClaimRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"Tous les tests passent.", "Les tests unitaires passent.", "9 tests réussis, 0 en erreur",
            "All tests pass.",
            "- **Tests** : 9 sur 9 réussis", "Les tests sont au vert", "42 tests passed"})
    void thatTestsPassIsAClaim(String reply) {
        assertThat(TestClaimRule.claims(reply)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Je n'ai pas pu lancer les tests.", "Un test échoue.", "Les tests ne passent pas.",
            "Tests unitaires inclus.",
            "Les tests devraient passer.", "Lance `npm test` avant de livrer.", "Le service passe par Redis.",
            "Aucun test ne passe."})
    void whatOnlySpeaksOfTestsIsNone(String reply) {
        assertThat(TestClaimRule.claims(reply)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"npm test, true", "npx vitest run, true", "python -m pytest -q, true", "mvn -q verify, true",
            "sh tests/lancer.sh, true",
            "go test ./..., true", "./run-tests.sh, true", "ls -la, false", "npm run build, false", "cat src/latest.ts, false",
            "git checkout main, false"})
    void aCommandThatRunsTestsIsKnown(String command, boolean expected) {
        assertThat(TestClaimRule.isTest(command)).isEqualTo(expected);
    }
}
