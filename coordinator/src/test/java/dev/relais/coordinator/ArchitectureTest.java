package dev.relais.coordinator;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Think hard about the layering before changing this file: what is on the left of it imports nothing on the right. */
@AnalyzeClasses(packages = "dev.relais.coordinator", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.relais.coordinator.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule importsGoOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.relais.coordinator..")
            .layer("facts").definedBy("..coordinator.routing..", "..coordinator.validation..", "..coordinator.project..")
            .layer("task").definedBy("..coordinator.task..")
            .layer("turns").definedBy("..coordinator.lease..", "..coordinator.dispatch..")
            .layer("streams").definedBy("..coordinator.streams..")
            .layer("health").definedBy("..coordinator.health..")
            .layer("root").definedBy("dev.relais.coordinator")
            .whereLayer("root").mayNotBeAccessedByAnyLayer()
            .whereLayer("health").mayOnlyBeAccessedByLayers("root")
            .whereLayer("streams").mayOnlyBeAccessedByLayers("health", "root")
            .whereLayer("turns").mayOnlyBeAccessedByLayers("streams", "health", "root")
            .whereLayer("task").mayOnlyBeAccessedByLayers("turns", "streams", "health", "root");

    @ArchTest
    static final ArchRule coordinatorAndWorkerNeverMeet = noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("dev.relais.worker..", "dev.relais.deploy..");

    @ArchTest
    static final ArchRule decisionsArePure = classes().that().haveSimpleNameEndingWith("Rule").or()
            .haveSimpleNameEndingWith("Machine").should().onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang..", "java.util..", "java.time..", "java.math..", "org.jspecify..",
                    "dev.relais.schemas.event..", "dev.relais.schemas.wire..", "dev.relais.coordinator.task..",
                    "dev.relais.coordinator.routing..", "dev.relais.coordinator.validation..",
                    "dev.relais.coordinator.project..");

    @ArchTest
    static final ArchRule onlyTheShellKnowsKafka = noClasses().that()
            .resideOutsideOfPackages("dev.relais.coordinator", "..coordinator.streams..").should().dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule timeIsAnArgument = noClasses().should().callMethod(Instant.class, "now").orShould()
            .callMethod(LocalDateTime.class, "now").orShould().callMethod(Clock.class, "systemUTC").orShould()
            .callMethod(System.class, "currentTimeMillis").orShould().callMethod(System.class, "nanoTime").orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule failuresHaveNames = noClasses().that().areNotAssignableTo(RuntimeException.class).should()
            .callConstructor(RuntimeException.class, String.class)
            .orShould()
            .callConstructor(RuntimeException.class, String.class, Throwable.class).orShould()
            .callConstructor(RuntimeException.class, Throwable.class);
}
