package dev.waterline.app;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives each option the value of its environment variable: {@code --http-port} is {@code WATERLINE_HTTP_PORT}. */
record EnvironmentDefaults(Map<String, String> environment) implements IDefaultValueProvider {

    static String variable(OptionSpec option) {
        return "WATERLINE_"
                + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String value = environment.get(variable(option));
        return value == null || value.isBlank() ? null : value.strip();
    }
}
