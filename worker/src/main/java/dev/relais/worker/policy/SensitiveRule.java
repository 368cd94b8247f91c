package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.google.re2j.Pattern;

import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;
import dev.relais.worker.workspace.TextChange;

/** Authentication, payment and personal data in a change: by its path, its dependencies, its symbols. */
final class SensitiveRule {
    private static final Set<String> AUTH_PATH = Set.of("auth", "authentication", "authorization", "authn", "authz", "login",
            "logout", "signin",
            "signup", "oauth", "oauth2", "oidc", "saml", "sso", "jwt", "password", "passwords", "2fa", "mfa", "otp", "totp",
            "rbac", "acl",
            "permission", "permissions", "guard", "guards", "credentials", "authentification", "connexion");
    private static final Set<String> PAYMENT_PATH = Set.of("payment", "payments", "paiement", "paiements", "billing",
            "facturation", "checkout",
            "stripe", "paypal", "refund", "refunds", "remboursement", "payout", "payouts", "wallet", "psp");
    private static final Set<String> PERSONAL_PATH = Set.of("gdpr", "rgpd", "consent", "consents", "kyc", "pii");

    private static final Pattern AUTH_DEPENDENCY = Pattern
            .compile("^(?:passport(?:-[a-z0-9-]+)?|jsonwebtoken|jose|jwks-rsa|bcrypt(?:js)?|argon2(?:-cffi)?|next-auth|@auth/.*"
                    + "|lucia|express-session|@nestjs/(?:passport|jwt)|@fastify/(?:jwt|session|oauth2|auth)|fastify-jwt|keycloak[a-z-]*|openid-client|oauth2?-server|oidc-provider"
                    + "|pyjwt|python-jose|passlib|authlib|oauthlib|django-allauth|djangorestframework-simplejwt|fastapi-users|flask-login|flask-jwt-extended|itsdangerous"
                    + "|speakeasy|otplib|pyotp|@simplewebauthn/.*|spring-boot-starter-(?:security|oauth2.*)|spring-security.*|jjwt.*|auth0|express-jwt|better-auth|firebase-admin)$");
    private static final Pattern PAYMENT_DEPENDENCY = Pattern.compile(
            "^(?:stripe(?:-.*)?|@stripe/.*|@paypal/.*|paypal.*|braintree|@adyen/.*|adyen.*|@mollie/.*|mollie.*|square|squareup|razorpay"
                    + "|@lemonsqueezy/.*|paddle.*|@paddle/.*|payplug|gocardless.*|checkout-sdk.*|klarna.*|lyra.*|dj-stripe)$");
    private static final Pattern AUTH_SYMBOL = Pattern.compile(
            "\\bjwt\\.(?:sign|verify|encode|decode)\\b|\\bbcrypt\\w*\\.|\\bargon2\\.|\\bpassport\\.|\\b(?:hash|verify|check|compare|set|reset|change|make)_?[pP]assword\\b"
                    + "|\\bpwd_context\\b|OAuth2PasswordBearer|\\b(?:sign|verify|issue|refresh|create|decode)_?(?:[aA]ccess_?|[rR]efresh_?)?[tT]oken\\b|@UseGuards|@Roles\\(|@PreAuthorize|@login_required|permission_classes|authentication_classes|SecurityFilterChain"
                    + "|\\brequire_?(?:[aA]uth|[lL]ogin|[rR]ole|[aA]dmin)\\w*|\\bis_?(?:[aA]uthenticated|[aA]dmin)\\b|\\b(?:current_user|currentUser)\\b|\\bcreateHmac\\b|\\bpbkdf2\\w*|\\bscrypt\\w*\\(|\\bpassword_?[hH]ash\\b|\\bWWW-Authenticate\\b|req\\.session\\b|set_?[cC]ookie\\(|\\broles?\\s*(?:===?|!==?|in)\\s|[aA]uthorization['\"\\]]");
    private static final Pattern PAYMENT_SYMBOL = Pattern.compile(
            "\\bstripe\\.|\\bpaypal\\.|\\bpayment_?[iI]ntents?\\b|\\b(?:charge|capture|refund|pay)_?(?:[cC]ard|[pP]ayment|[cC]ustomer|[oO]rder|[iI]nvoice)\\b|\\b(?:card|carte)_?[nN]um(?:ber|ero)\\b|\\bcvv\\b|\\bcvc\\b|\\biban\\b|\\bIBAN\\b"
                    + "|\\bcheckout\\.sessions\\b|\\b(?:create|process|execute)_?[pP]ayment\\b|\\bprelevement\\b");
    private static final String PERSONAL = "e_?mail|email_?[aA]ddress|courriel|phone(?:_?[nN]umber)?|telephone|mobile_?[nN]umber|birth_?(?:[dD]ate|[dD]ay)|date_?(?:de_)?naissance|date_?[oO]f_?[bB]irth|dob|ssn|social_?[sS]ecurity\\w*|numero_?[sS]ecu\\w*|nir"
            + "|first_?[nN]ame|last_?[nN]ame|full_?[nN]ame|prenom|nom_?(?:de_)?famille|postal_?(?:[aA]ddress|[cC]ode)|street|(?:home_?|postal_?|shipping_?|billing_?)?[aA]ddress(?:_?[lL]ine\\d?)?|adresse\\w*|passport_?[nN]umber|national_?[iI]d|gender|genre_?civil|religion|medical\\w*|health_?\\w*|blood_?[tT]ype|ip_?[aA]ddress|iban";
    private static final Pattern PERSONAL_FIELD = Pattern
            .compile("(?i)^(?:ADD\\s+(?:COLUMN\\s+)?|private\\s+|public\\s+|readonly\\s+)*[\"'`]?(?:" + PERSONAL
                    + ")[\"'`]?(?:\\?|!)?\\s*(?::|=|\\s)\\s*(?:VARCHAR|TEXT|DATE|CHAR|CITEXT|INET|JSONB?|String|string|str\\b|EmailStr|Optional|date\\b|DateTime|Column|mapped_column|Mapped|models\\.|z\\.|\\{\\s*type|varchar|text\\(|Field|db\\.Column|sa\\.Column|LocalDate|Joi\\.|Schema\\.)");
    private static final Pattern PERSONAL_DDL = Pattern
            .compile("(?i)(?:add_?column|ADD\\s+COLUMN)\\W+(?:[\"'`\\w]+\\W+){0,2}[\"'`]?(?:" + PERSONAL + ")\\b");

    private SensitiveRule() {}

    static List<Watched> in(TextChange change, Language language) {
        var found = new ArrayList<Watched>();
        if (Manifests.isOne(change.path())) {
            Set<String> fresh = Manifests.fresh(change.before(), change.after());
            fresh.stream().filter(AUTH_DEPENDENCY::matches).findFirst()
                    .ifPresent(name -> found.add(watched(change, language.say(Phrase.AUTH_DEPENDENCY, name))));
            fresh.stream().filter(PAYMENT_DEPENDENCY::matches).findFirst()
                    .ifPresent(name -> found.add(watched(change, language.say(Phrase.PAYMENT_DEPENDENCY, name))));
            return found;
        }
        if (FilePlace.of(change.path()) != FilePlace.CODE) {
            return List.of();
        }
        List<String> lines = CodeLines.changed(change.before(), change.after());
        if (lines.isEmpty()) {
            return List.of();
        }
        Set<String> words = CodeLines.words(change.path());
        if (has(words, AUTH_PATH) || any(lines, AUTH_SYMBOL)) {
            found.add(watched(change, language.say(Phrase.AUTH)));
        }
        if (has(words, PAYMENT_PATH) || any(lines, PAYMENT_SYMBOL)) {
            found.add(watched(change, language.say(Phrase.PAYMENT)));
        }
        if (has(words, PERSONAL_PATH) || any(lines, PERSONAL_FIELD) || any(lines, PERSONAL_DDL)) {
            found.add(watched(change, language.say(Phrase.PERSONAL_DATA)));
        }
        return found;
    }

    private static Watched watched(TextChange change, String what) {
        return new Watched(Watched.Kind.SENSITIVE, change.path(), what);
    }

    private static boolean has(Set<String> words, Set<String> any) {
        return words.stream().anyMatch(any::contains);
    }

    private static boolean any(List<String> lines, Pattern pattern) {
        return lines.stream().anyMatch(line -> pattern.matcher(line).find());
    }
}
