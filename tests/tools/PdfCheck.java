import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges PDF files: PdfCheck "2a ua1" file... One line for each fault, "file TAB profile TAB rule and what is wrong". */
public class PdfCheck {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean passed = true;
        for (int place = 1; place < arguments.length; place++)
            for (String profile : arguments[0].split(" "))
                passed &= judge(arguments[place], profile);
        System.exit(passed ? 0 : 1);
    }

    private static boolean judge(String file, String profile) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            TreeSet<String> faults = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions())
                if (assertion.getStatus() == TestAssertion.Status.FAILED)
                    faults.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                            + " " + assertion.getMessage());
            System.out.println(file + "\t" + profile + "\tchecked " + result.getTotalAssertions());
            for (String fault : faults)
                System.out.println(file + "\t" + profile + "\t" + fault);
            return result.isCompliant();
        }
    }
}
