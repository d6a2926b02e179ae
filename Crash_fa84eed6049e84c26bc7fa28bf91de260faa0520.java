import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_fa84eed6049e84c26bc7fa28bf91de260faa0520 {
    static final String base64Bytes = String.join("", "BlJ1bGVTZXQseHIKT253ZSxhQGIKUnVBZVRhYmxlIFQnJycnJ0V4Y2VwdGlvbicnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycK");

    public static void main(String[] args) throws Throwable {
        Crash_fa84eed6049e84c26bc7fa28bf91de260faa0520.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = io.leeway.policy.table.ReaderFuzz.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = io.leeway.policy.table.ReaderFuzz.class.getMethod("fuzzerInitialize", String[].class);
                fuzzerInitialize.invoke(null, (Object) args);
            } catch (NoSuchMethodException ignored1) {
            } catch (IllegalAccessException | InvocationTargetException e) {
                e.printStackTrace();
                System.exit(1);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
        byte[] input = java.util.Base64.getDecoder().decode(base64Bytes);
        io.leeway.policy.table.ReaderFuzz.fuzzerTestOneInput(input);
    }
}