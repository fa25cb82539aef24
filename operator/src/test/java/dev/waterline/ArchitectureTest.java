package dev.waterline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** The layering of the operator. What breaks it fails the build; a rule may be changed, not worked around. */
@AnalyzeClasses(packages = "dev.waterline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> PURE_JAVA = resideInAPackage("java..")
            .and(DescribedPredicate.not(resideInAnyPackage("java.net..", "java.io..", "java.nio..")))
            .as("java.* without net, io and nio");

    @ArchTest
    static final ArchRule theDecisionCoreIsPure = classes()
            .that()
            .resideInAPackage("dev.waterline.decision..")
            .should()
            .onlyDependOnClassesThat(
                    PURE_JAVA.or(resideInAnyPackage("dev.waterline.decision..", "org.jspecify.annotations..")));

    @ArchTest
    static final ArchRule fabric8StaysAtTheEdges = noClasses()
            .that()
            .resideInAPackage("dev.waterline..")
            .and()
            .resideOutsideOfPackages(
                    "dev.waterline.api..",
                    "dev.waterline.cluster..",
                    "dev.waterline.reconciler..",
                    "dev.waterline.admission..",
                    "dev.waterline.leadership..",
                    "dev.waterline.cli..",
                    "dev.waterline.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule theOperatorSdkStaysWithReconcilersLeadershipAndWiring = noClasses()
            .that()
            .resideInAPackage("dev.waterline..")
            .and()
            .resideOutsideOfPackages("dev.waterline.reconciler..", "dev.waterline.leadership..", "dev.waterline.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule theSimpleclientRegistryIsKnownToTelemetryOnly = noClasses()
            .that()
            .resideInAPackage("dev.waterline..")
            .and()
            .resideOutsideOfPackage("dev.waterline.telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer.prometheus..", "io.prometheus..");

    @ArchTest
    static final ArchRule cronIsKnownToTheCalendarOnly = noClasses()
            .that()
            .resideInAPackage("dev.waterline..")
            .and()
            .resideOutsideOfPackage("dev.waterline.calendar..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.cronutils..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.waterline.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule subpackagesHaveNoCycles =
            slices().matching("dev.waterline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyButTheProcessReadsAClock = noClasses()
            .that()
            .resideInAPackage("dev.waterline..")
            .and()
            .resideOutsideOfPackage("dev.waterline.app..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule nobodyButTheProcessEndsIt = noClasses()
            .that()
            .resideInAPackage("dev.waterline..")
            .and()
            .resideOutsideOfPackage("dev.waterline.app..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule onlyTheProcessKnowsTheProcess = noClasses()
            .that()
            .resideInAPackage("dev.waterline..")
            .and()
            .resideOutsideOfPackage("dev.waterline.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.waterline.app..");
}
