using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Tests;

public class OutputDirectoryTests
{
    [Fact]
    public void Files_take_their_places_together_at_the_end()
    {
        using var temporary = new TemporaryDirectory();
        string path = temporary["a/b"];
        using (OutputDirectory output = OutputDirectory.Prepare(path))
        {
            output.Fill(staging => Put(staging, "one.run"));
            Assert.Empty(Directory.GetFiles(path));
            output.Keep();
        }

        Assert.Equal([Path.Combine(path, "one.run")], Directory.GetFileSystemEntries(path));
    }

    [Fact]
    public void What_is_not_kept_leaves_no_trace_not_even_the_directories()
    {
        using var temporary = new TemporaryDirectory();
        using (OutputDirectory output = OutputDirectory.Prepare(temporary["a/b"]))
        {
            output.Fill(staging => Put(staging, "one.run"));
        }

        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void A_failure_names_the_place_where_the_file_would_have_been_and_leaves_older_files_alone()
    {
        using var temporary = new TemporaryDirectory();
        temporary.Write("one.run", "old");
        using (OutputDirectory output = OutputDirectory.Prepare(temporary.Path))
        {
            OutputException failure = Assert.Throws<OutputException>(() => output.Fill<string>(staging =>
            {
                Put(staging, "one.run");
                throw new OutputException(Path.Combine(staging, "two.run"), "no space left on device");
            }));
            Assert.Equal(temporary["two.run"] + ": cannot be written: no space left on device", failure.Message);
        }

        Assert.Equal("old", File.ReadAllText(temporary["one.run"]));
        Assert.Single(Directory.GetFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void A_file_in_the_way_is_named()
    {
        using var temporary = new TemporaryDirectory();
        string file = temporary.Write("file", "");

        OutputException failure = Assert.Throws<OutputException>(() => OutputDirectory.Prepare(Path.Combine(file, "out")));

        Assert.Equal($"{file}/out: cannot be written: {file} is not a directory", failure.Message);
    }

    [Fact]
    public void One_place_that_cannot_be_replaced_leaves_every_file_as_it_was()
    {
        using var temporary = new TemporaryDirectory();
        temporary.Write("one.run", "old");
        Directory.CreateDirectory(temporary["two.run"]);
        using (OutputDirectory output = OutputDirectory.Prepare(temporary.Path))
        {
            output.Fill(staging => Put(staging, "one.run"));
            output.Fill(staging => Put(staging, "two.run"));
            OutputException failure = Assert.Throws<OutputException>(output.Keep);
            Assert.Equal(temporary["two.run"] + ": cannot be written: it is a directory", failure.Message);
        }

        Assert.Equal("old", File.ReadAllText(temporary["one.run"]));
        Assert.Equal(2, Directory.GetFileSystemEntries(temporary.Path).Length);
    }

    [Fact]
    public void A_place_without_directories_is_refused_in_our_words()
    {
        OutputException failure = Assert.Throws<OutputException>(() => OutputDirectory.Prepare("/proc/x"));
        Assert.Equal("/proc/x: cannot be written: it cannot be made there", failure.Message);
    }

    private static string Put(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        File.WriteAllText(path, "new");
        return path;
    }
}
