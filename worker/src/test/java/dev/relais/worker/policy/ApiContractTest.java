package dev.relais.worker.policy;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.relais.worker.persona.Language;
import dev.relais.worker.policy.ApiContract.Compared;

import static org.assertj.core.api.Assertions.assertThat;

class ApiContractTest {
    private static final String BEGIN = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\n";
    private static final String CARTS = BEGIN + "paths: {/carts: {get: {responses: {'200': {description: ok}}}}}\n";

    @Test
    void aFirstDocumentBreaksNobody() {
        assertThat(ApiContract.compare("", CARTS, Language.FRENCH)).isEqualTo(new Compared.Compatible());
    }

    @Test
    void aDocumentThatIsGoneBreaksEverybody() {
        assertThat(ApiContract.compare(CARTS, "", Language.FRENCH)).isEqualTo(new Compared.Breaking(List.of("tout le contrat")));
    }

    @Test
    void aReferenceOutOfTheDocumentIsNotFollowed() {
        String outside = BEGIN + "paths: {/carts: {get: {responses: {'200': {$ref: 'http://169.254.169.254/latest'}}}}}\n";
        assertThat(ApiContract.compare(CARTS, outside, Language.FRENCH)).isNotNull();
        assertThat(ApiContract.compare(outside, CARTS, Language.FRENCH)).isNotNull();
    }

    @Test
    void whatCannotBeReadIsSaidToBeUnreadable() {
        assertThat(ApiContract.compare(CARTS, "openapi: [", Language.FRENCH)).isInstanceOf(Compared.Unreadable.class);
        assertThat(ApiContract.compare("swagger: '2.0'\n", CARTS, Language.FRENCH)).isInstanceOf(Compared.Unreadable.class);
        assertThat(ApiContract.compare(CARTS, "null", Language.FRENCH)).isInstanceOf(Compared.Unreadable.class);
    }

    @Test
    void aDocumentOfAliasesThatDoubleIsUnreadable() {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(ApiContract.compare(CARTS, CARTS + bomb, Language.FRENCH)).isInstanceOf(Compared.Unreadable.class);
    }

    @Test
    void aFieldThatAnAnswerLosesIsNamed() {
        String fields = BEGIN
                + "components: {schemas: {Cart: {type: object, properties: {id: {type: string}, total: {type: integer}}}}}\n"
                + CARTS.substring(BEGIN.length());
        assertThat(ApiContract.compare(fields, fields.replace(", total: {type: integer}", ""), Language.FRENCH))
                .isEqualTo(new Compared.Breaking(List.of("champ total retiré")));
    }
}
