package dev.waterline.testbed;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Serves {@code /readyz} on the port that it is given, or ends with a complaint. */
final class ReadyProgram {
    private ReadyProgram() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            System.err.println("no port given");
            Runtime.getRuntime().halt(5);
        }
        var server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        server.createContext("/readyz", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        System.out.println("mood: " + System.getenv("MOOD"));
    }
}
