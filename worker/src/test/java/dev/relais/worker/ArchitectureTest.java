package dev.relais.worker;

import java.time.Instant;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Which package may know which. Think before changing a line: the arrows are what keeps the loop readable. */
@AnalyzeClasses(packages = "dev.relais.worker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.relais.worker";
    private static final String[] PORTS = {"..worker.journal..", "..worker.tool..", "..worker.model..", "..worker.workspace.."};
    private static final String[] PURE = {"..worker.persona..", "..worker.compiled..", "..worker.contract..",
            "..worker.budget..", "..worker.policy..", "..worker.regex..", "..worker.text.."};
    private static final String[] EDGES = {"..worker.sandbox..", "..worker.anthropic..", "..worker.kafka..", "..worker.health.."};

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE = slices().matching("dev.relais.worker.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PORTS_KNOW_ONLY_PORTS = noClasses().that().resideInAnyPackage(PORTS).should().dependOnClassesThat(
            resideInAnyPackage(PURE).or(resideInAnyPackage(EDGES))
                    .or(resideInAnyPackage("..worker.run..", "..worker.toolkit..")));

    @ArchTest
    static final ArchRule PERSONA_CONTRACT_BUDGET_AND_POLICY_KNOW_NO_RUN_AND_NO_EDGE = noClasses().that().resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(EDGES).or(resideInAnyPackage("..worker.run..", "..worker.toolkit..")));

    @ArchTest
    static final ArchRule THE_RUN_KNOWS_NO_EDGE = noClasses().that().resideInAPackage("..worker.run..").should()
            .dependOnClassesThat(resideInAnyPackage(EDGES)).because("Kafka, HTTP and the model's SDK stay behind ports");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_THE_ROOT = noClasses().that().resideOutsideOfPackage(ROOT).should().dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule ONLY_THE_ROOT_NAMES_THE_MODELS_SDK = noClasses().that()
            .resideOutsideOfPackages("..worker.anthropic..", ROOT)
            .should().dependOnClassesThat().resideInAPackage("..worker.anthropic..");

    @ArchTest
    static final ArchRule RULES_ARE_PURE = classes().that().haveSimpleNameEndingWith("Rule")
            // It reads the SDK's exceptions, which is all that it is for.
            .and().doNotHaveFullyQualifiedName(ROOT + ".anthropic.FaultRule").should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "com.fasterxml.jackson.databind..",
                    "com.google.re2j..", "org.eclipse.jgit.lib..", "dev.relais.schemas.event..", "..worker.journal..",
                    "..worker.tool..",
                    "..worker.model..",
                    "..worker.persona..", "..worker.compiled..", "..worker.contract..", "..worker.budget..", "..worker.policy..",
                    "..worker.run..",
                    "..worker.toolkit..", "..worker.regex..", "..worker.text..",
                    "..worker.workspace..", "..worker.sandbox..", "..worker.anthropic..").and(doesNoInput()));

    @ArchTest
    static final ArchRule KAFKA_IS_KNOWN_IN_ITS_PACKAGE_ALONE = noClasses().that()
            .resideOutsideOfPackages("..worker.kafka..", ROOT)
            .should().dependOnClassesThat().resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule NO_PATTERN_READS_A_PERSONA = noClasses().that().resideInAPackage("..worker.persona..").should()
            .dependOnClassesThat().resideInAPackage("java.util.regex..").because("a stranger's file must cost what it is long");

    @ArchTest
    static final ArchRule TIME_IS_GIVEN = noClasses().should().callMethod(Instant.class, "now").orShould()
            .callMethod(System.class, "currentTimeMillis").orShould().callMethod(Thread.class, "sleep", long.class).orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class).because("time comes as an argument or an InstantSource");

    private static DescribedPredicate<JavaClass> doesNoInput() {
        return DescribedPredicate.describe("that does no input, output or waiting", clazz -> {
            String name = clazz.getPackageName();
            return !name.startsWith("java.net") && !name.startsWith("java.net.http") && !name.equals("java.util.concurrent")
                    && !clazz.getName().equals("java.nio.file.Files");
        });
    }
}
