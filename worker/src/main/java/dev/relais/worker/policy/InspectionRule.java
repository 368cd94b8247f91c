package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.google.re2j.Pattern;

import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.persona.Language;
import dev.relais.worker.workspace.TextChange;

/** All rules over one diff. */
public final class InspectionRule {
    private static final Pattern KEY_STORE = Pattern
            .compile("(?i)\\.(?:p12|pfx|jks|keystore)$|(?:^|/)id_(?:rsa|ed25519|ecdsa|dsa)$");

    private InspectionRule() {}

    /** @param language in which the watched changes are worded */
    public static Inspection of(List<TextChange> changes, Language language) {
        var secrets = new ArrayList<Secret>();
        var watched = new ArrayList<Watched>();
        var unseen = new ArrayList<String>();
        List<TextChange> texts = changes.stream().filter(change -> change.content() == TextChange.Content.TEXT).toList();
        for (TextChange change : changes) {
            boolean isKeyStore = KEY_STORE.matcher(change.path()).find() && !change.change().equals(TextChange.DELETED);
            if (isKeyStore) {
                secrets.add(new Secret(change.path(), 1, "key-store"));
            } else if (change.content() != TextChange.Content.TEXT) {
                unseen.add(change.path() + " (" + change.content().name().toLowerCase(Locale.ROOT) + ")");
            }
        }
        for (TextChange change : texts) {
            secrets.addAll(SecretRule.added(change.path(), change.before(), change.after()));
            watched.addAll(SensitiveRule.in(change, language));
            watched.addAll(SchemaRule.in(change, language));
        }
        watched.addAll(ApiRule.in(texts, language));
        List<DeliveredFile> files = changes.stream()
                .map(change -> new DeliveredFile(change.path(), change.change(), false)).toList();
        return new Inspection(files, secrets, watched, unseen);
    }
}
