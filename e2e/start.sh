# Finds a JDK 25 and builds the jars if they are older than their sources. For the start scripts at the top of the tree, which set
# $home to it and $program to their name. Sets $jdk.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -q '^javac 25'
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && is_jdk_25 "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return
  fi
  if command -v java >/dev/null 2>&1; then
    local on_path
    on_path="$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')"
    if [ -n "$on_path" ] && is_jdk_25 "$on_path"; then
      printf '%s\n' "$on_path"
      return
    fi
  fi
  local folder
  for folder in /usr/lib/jvm/*25* /opt/*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    "$HOME"/.local/share/mise/installs/java/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk_25 "$folder"; then
      printf '%s\n' "$folder"
      return
    fi
  done
}

# Prints the first source that is newer than what was built from it, or why there is nothing built.
stale() {
  local jar
  for jar in operator/target/waterline-operator.jar e2e/target/waterline-e2e.jar; do
    if [ ! -f "$jar" ]; then
      printf '%s\n' "$jar is not there"
      return
    fi
  done
  find pom.xml crds/pom.xml crds/src/main operator/pom.xml operator/src/main e2e/pom.xml e2e/src/main -type f \
    -newer e2e/target/waterline-e2e.jar | sed -n 1p
}

# How this machine's own package manager installs Maven; nothing if it has none that we know.
maven_installation() {
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo "
  if command -v brew >/dev/null 2>&1; then
    echo "brew install maven"
  elif command -v apt-get >/dev/null 2>&1; then
    echo "${sudo}apt-get install --yes maven"
  elif command -v dnf >/dev/null 2>&1; then
    echo "${sudo}dnf install --assumeyes maven"
  elif command -v pacman >/dev/null 2>&1; then
    echo "${sudo}pacman --sync --noconfirm maven"
  fi
}

install_maven() {
  local install answer
  install="$(maven_installation)"
  if [ -z "$install" ]; then
    echo "$program: the jars have to be built, and there is no mvn on the PATH; install Maven 3.8.7 or newer." >&2
    exit 2
  fi
  echo "The jars have to be built, and there is no mvn on the PATH. To install it: $install"
  if [ -t 0 ]; then
    read -r -p "Run that now? [y/N] " answer
  else
    answer="${WATERLINE_INSTALL_MAVEN:-no}"
  fi
  case "$answer" in
    y | Y | yes) $install ;;
    *)
      echo "$program: nothing was installed. Run that command, or WATERLINE_INSTALL_MAVEN=yes ./$program where nobody can be asked." >&2
      exit 2
      ;;
  esac
}

jdk="$(find_jdk)"
if [ -z "$jdk" ]; then
  echo "$program: no JDK 25 found; install one (Temurin 25 for example) or let JAVA_HOME name it." >&2
  exit 2
fi

cd "$home"
reason="$(stale)"
if [ -n "$reason" ]; then
  command -v mvn >/dev/null 2>&1 || install_maven
  echo "Building Waterline with Maven ($reason); the first time it downloads its libraries ..."
  # The tests, the formatter and the SBOM say nothing about whether this runs; mvn verify does.
  if ! JAVA_HOME="$jdk" mvn -q --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -Dcyclonedx.skip=true package; then
    echo "$program: the build failed, see above." >&2
    exit 2
  fi
  touch operator/target/waterline-operator.jar e2e/target/waterline-e2e.jar
fi
cd - >/dev/null
