#include <doctest/doctest.h>

#include <map>

#include "core/error.hpp"
#include "registry/challenge.hpp"
#include "registry/credentials.hpp"
#include "registry/registry.hpp"

using namespace gpuctl;
using namespace gpuctl::registry;

TEST_CASE("a challenge's parts") {
  const std::string header =
      R"(Basic realm="a, \"b\"", Bearer realm="https://auth.example/token",service="reg",scope="repository:x:pull,push" , error = bad)";
  const auto bearer = challenge_of(header, "bearer");
  REQUIRE(bearer);
  CHECK(bearer->value("realm") == "https://auth.example/token");
  CHECK(bearer->value("service") == "reg");
  CHECK(bearer->value("scope") == "repository:x:pull,push");
  CHECK(bearer->value("error") == "bad");
  CHECK(bearer->value("none").empty());
  CHECK(challenge_of(header, "basic")->value("realm") == "a, \"b\"");
  CHECK_FALSE(challenge_of(header, "digest"));
  CHECK_FALSE(challenge_of("", "bearer"));
  CHECK(challenge_of("BEARER Realm=x", "bearer")->value("realm") == "x");
  CHECK(challenge_of(R"(Bearer realm="never closed)", "bearer")->value("realm") == "never closed");
  CHECK(query_escaped("a b&c/ä") == "a%20b%26c%2F%C3%A4");
}

TEST_CASE("credentials of a registry") {
  const std::string file =
      R"({"auths":{"h:5000":{"auth":"bWU6YTpi"},"https://hub.example/v2/":{"username":"u","password":"p"},)"
      R"("https://index.docker.io/v1/":{"auth":"aHViOndvcmQA"},"id.example":{"auth":"MDo=","identitytoken":"t"},"empty":{}},)"
      R"("credHelpers":{"ecr.example":"ecr-login"},"credsStore":"desktop"})";
  CHECK(credential_in(file, "h:5000").user == "me");
  CHECK(credential_in(file, "h:5000").password.reveal() == "a:b");
  CHECK(credential_in(file, "hub.example").user == "u");
  CHECK(credential_in(file, "docker.io").password.reveal() == "word");
  CHECK(credential_in(file, "registry-1.docker.io").user == "hub");
  CHECK(credential_in(file, "id.example").identity_token.reveal() == "t");
  CHECK(credential_in(file, "ecr.example").helper == "ecr-login");
  CHECK(credential_in(file, "empty").helper == "desktop");
  CHECK(credential_in(file, "h").user.empty());
  CHECK(credential_in("{}", "h").helper.empty());
  CHECK(credential_in("[]", "h").user.empty());
  CHECK_THROWS_AS(credential_in("", "h"), core::Error);
}

TEST_CASE("the first file that knows a registry") {
  std::map<std::string, std::string> files{{"b", R"({"credsStore":"x"})"}, {"c", R"({"auths":{"h":{"auth":"YTpi"}}})"}};
  const Credentials credentials({"", "a", "b", "c"}, [&](const std::string& path) -> std::optional<std::string> {
    if (!files.contains(path)) return {};
    return files[path];
  });
  CHECK(credentials.of("h").user == "a");
  CHECK(credentials.of("h").file == "c");
  CHECK(credentials.of("other").helper == "x");
  CHECK(credentials.of("other").file == "b");
}

TEST_CASE("where files lie") {
  std::map<std::string, std::string> variables{{"HOME", "/h"}};
  const auto files = [&] { return files_of([&](const std::string& name) { return variables[name]; }); };
  CHECK(files().repositories == "/h/.config/helm/repositories.yaml");
  CHECK(files().credentials ==
        std::vector<std::string>{"/h/.config/helm/registry/config.json", "/h/.docker/config.json"});
  CHECK(files().cache == "/h/.cache/gpuctl");
  variables = {{"XDG_CONFIG_HOME", "/c"}, {"XDG_CACHE_HOME", "/k"}, {"DOCKER_CONFIG", "/d"}};
  CHECK(files().repositories == "/c/helm/repositories.yaml");
  CHECK(files().credentials == std::vector<std::string>{"/c/helm/registry/config.json", "/d/config.json"});
  CHECK(files().cache == "/k/gpuctl");
  variables = {{"HELM_CONFIG_HOME", "/e"}, {"HELM_REGISTRY_CONFIG", "/r"}};
  CHECK(files().repositories == "/e/repositories.yaml");
  CHECK(files().credentials == std::vector<std::string>{"/r", ""});
  CHECK(files().cache.empty());
}
