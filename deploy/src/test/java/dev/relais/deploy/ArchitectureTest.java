package dev.relais.deploy;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Which package may know which: the command puts parts together, and no part knows the command. */
@AnalyzeClasses(packages = "dev.relais.deploy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE = slices().matching("dev.relais.deploy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_KNOWS_THE_COMMAND = noClasses().that().resideOutsideOfPackage("..deploy.cli..").should()
            .dependOnClassesThat().resideInAPackage("..deploy.cli..");

    @ArchTest
    static final ArchRule THE_PLAYBOOK_KNOWS_NO_PART = noClasses().that().resideInAPackage("..deploy.playbook..").should()
            .dependOnClassesThat().resideInAnyPackage("dev.relais.worker..", "dev.relais.coordinator..", "org.apache.kafka..")
            .because("it stands for the model, which knows only the Messages API");

    @ArchTest
    static final ArchRule PARTS_ARE_KNOWN_BY_THEIR_ROOTS = noClasses().that().resideInAPackage("..deploy.cli..").should()
            .dependOnClassesThat().resideInAnyPackage("dev.relais.worker.kafka..", "dev.relais.worker.run..",
                    "dev.relais.coordinator.task..", "dev.relais.coordinator.streams..")
            .because("the command starts parts and reads topics, and decides nothing that they decide");

    @ArchTest
    static final ArchRule RULES_ARE_PURE = classes().that().haveSimpleNameEndingWith("Rule").should().onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang..", "java.util..", "java.time..", "java.math..", "org.jspecify..",
                    "com.fasterxml.jackson..", "dev.relais.deploy.playbook..", "dev.relais.schemas.event..");
}
