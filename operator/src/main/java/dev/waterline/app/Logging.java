package dev.waterline.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how logs look. It must come before the first logger, so no class that logs may be loaded earlier. */
final class Logging {
    private Logging() {}

    static void configure(LogFormat format, LogLevel level) {
        System.setProperty("log4j2.configurationFile", "classpath:log4j2-" + format.name() + ".xml");
        System.setProperty("waterline.log.level", level.name());
    }

    static Logger of(Class<?> type) {
        return LoggerFactory.getLogger(type);
    }
}
