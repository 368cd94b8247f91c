package dev.relais.schemas;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.relais.schemas", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.relais.schemas.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule eventsStandAlone = noClasses().that().resideInAPackage("..schemas.event..").should()
            .dependOnClassesThat().resideInAnyPackage("..schemas.wire..", "..schemas.topic..", "..schemas.setting..",
                    "..schemas.spelling..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule topicsKnowNoSettings = noClasses().that().resideInAPackage("..schemas.topic..").should()
            .dependOnClassesThat().resideInAnyPackage("..schemas.setting..", "..schemas.wire..");

    @ArchTest
    static final ArchRule theContractReadsNoClock = noClasses().should()
            .callMethod(java.time.Instant.class, "now")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime");
}
