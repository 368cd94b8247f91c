package dev.relais.worker.policy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretRuleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "src/a.ts | const k = \"@[aws]\"; | aws-access-key", "src/a.ts | const k = \"@[github]\"; | github-token",
            "ci.yml | token: @[gitlab] | gitlab-token", "src/a.ts | slack(\"@[slack]\") | slack-token",
            "src/pay.ts | new Stripe('@[stripe]') | stripe-key", "src/pay.test.ts | new Stripe('@[stripetest]') | stripe-key",
            "app.py | KEY = '@[google]' | google-api-key", ".env | ANTHROPIC_API_KEY=@[anthropic] | anthropic-key",
            "a.py | client = OpenAI(api_key='@[openai]') | openai-key", "a.ts | x('@[sendgrid]') | sendgrid-key",
            ".npmrc | //registry.npmjs.org/:_authToken=@[npm] | npm-token", "bot.py | T = '@[telegram]' | telegram-token",
            "a.http | Authorization: Bearer @[jwt] | signed-jwt", "README.md | export GH=@[github] | github-token",
            ".env.example | GITHUB_TOKEN=@[github] | github-token", "s.ts | 'DefaultEndpoints;@[azure]' | azure-storage-key",
            "src/db.ts | 'postgres://app:h7Kp2vQx9@db.prod.internal:5432/shop' | password-in-connection-string",
            "docker-compose.yml | DATABASE_URL: mysql://root:Tr0ub4dor&3@mysql:3306/shop | password-in-connection-string",
            "src/config.ts | const password = \"Sup3rS3cret\"; | password", "config.py | DB_PASSWORD = 'hunter2-prod' | password",
            ".env | DB_PASSWORD=hunter2prod | password", "application.yml | password: c0rrectHorse9 | password",
            "src/jwt.ts | const JWT_SECRET = 'shop-super-secret-2024'; | key-or-token",
            "src/jwt.ts | jwt.sign(p, process.env.JWT_SECRET ?? 'm4-shop-signing-secret') | key-or-token",
            "settings.py | SECRET_KEY = os.getenv('SECRET_KEY', 'django-insecure-8f$k2p') | key-or-token",
            "src/a.ts | apiKey: \"@[hex]\" | key-or-token",
            "src/a.ts | headers.set('X-Key', '@[mixed]') // auth | random-string-beside-a-secret-name"})
    void aSecretIsFoundAndNamedByItsKind(String path, String line, String kind) {
        List<Secret> found = SecretRule.scan(path, "first\n" + Forged.in(line.replace("`", "")) + "\n");
        assertThat(found).as(line).containsExactly(new Secret(path, 2, kind));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"src/a.ts | const password = process.env.DB_PASSWORD;",
            "src/a.ts | const password = req.body.password;", "src/a.py | password = os.environ['DB_PASSWORD']",
            ".env.example | DB_PASSWORD=change-me-please1", ".env.example | JWT_SECRET=votre-secret-ici-32-caracteres",
            ".env.example | DATABASE_URL=postgres://user:password@localhost:5432/shop",
            ".env.example | STRIPE_KEY=sk_test_xxxxxxxxxxxxxxxxxxxxxxxx", "docker-compose.yml | POSTGRES_PASSWORD: postgres",
            "docker-compose.yml | DATABASE_URL: postgres://postgres:postgres@db:5432/shop",
            "docker-compose.yml | POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}",
            "src/a.ts | `const url = \"postgres://\" + user + \":\" + password`",
            "src/a.ts | throw new Error(\"password must have 8 characters\")", "src/a.ts | tokenUrl: '/auth/token',",
            "src/a.ts | @Column({ name: 'password_hash' }) passwordHash: string;",
            "src/a.ts | const TOKEN_HEADER = 'X-Csrf-Token';",
            "package-lock.json | `\"integrity\": \"sha512-@[mixed]@[mixed]==\"`", "src/a.test.ts | const password = 'Passw0rd!';",
            "src/i18n.ts | 'auth.password.invalid': 'Mot de passe invalide',",
            "src/a.ts | key: '3f2504e0-4f89-11d3-9a0c-0305e82c3301'",
            "README.md | Set `JWT_SECRET` to a random string.", "src/a.ts | z.object({ password: z.string().min(8) })",
            "src/a.ts | secretOrKey: config.get('JWT_SECRET'),", "k8s.yml | secretName: shop-api-credentials",
            "src/a.ts | AKIAIOSFODNN7EXAMPLE", "src/a.ts | const sha256 = '@[hex]@[hex]'; // key of the cache"})
    void whatOnlySpeaksOfASecretIsNone(String path, String line) {
        assertThat(SecretRule.scan(path, Forged.in(line))).as(line).isEmpty();
    }

    @Test
    void aPrivateKeyIsKnownByItsBodyNotByItsFirstLineAlone() {
        assertThat(SecretRule.scan("k.pem", Forged.in("@[begin]\n@[body]\n")))
                .containsExactly(new Secret("k.pem", 1, "private-key"));
        assertThat(SecretRule.scan("k.ts", Forged.in("const K = \"@[beginec]\\n@[body]\\n\";"))).hasSize(1);
        assertThat(SecretRule.scan("k.ts", Forged.in("if (!pem.startsWith('@[beginec]')) throw e;"))).isEmpty();
    }

    @Test
    void whatTheFileHeldBeforeIsNoFinding() {
        String before = Forged.in("a\nconst k = '@[aws]';\n");
        assertThat(SecretRule.added("a.ts", before, "new first line\n" + before)).isEmpty();
        assertThat(SecretRule.added("a.ts", before, before + before)).containsExactly(new Secret("a.ts", 4, "aws-access-key"));
    }

    @Test
    void aFindingNeverHoldsTheSecret() {
        assertThat(SecretRule.scan("a.ts", Forged.in("const password = '@[github]';")).toString()).doesNotContain("q7Rk2Vb9");
    }

    @Test
    void aLineOfDataIsLookedAtInPieces() {
        String line = "x".repeat(123_456) + Forged.in(" '@[aws]' ") + "y ".repeat(50_000);
        assertThat(SecretRule.scan("bundle.js", line)).containsExactly(new Secret("bundle.js", 1, "aws-access-key"));
    }
}
