<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>facelabel</name>
        <message>
            <source> (read-only)</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source> The first refused: {}</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source> The next batch of {} face(s) is drawn.</source>
            <extracomment>workspace.py</extracomment>
            <translation>
                <numerusform> The next batch of {} face is drawn.</numerusform>
                <numerusform> The next batch of {} faces is drawn.</numerusform>
            </translation>
        </message>
        <message>
            <source> and </source>
            <extracomment>said.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source> face(s)</source>
            <extracomment>settings_form.py</extracomment>
            <translation>
                <numerusform> face</numerusform>
                <numerusform> faces</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source> label(s)</source>
            <extracomment>forecast_card.py</extracomment>
            <translation>
                <numerusform> label</numerusform>
                <numerusform> labels</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source> step(s)</source>
            <extracomment>settings_form.py</extracomment>
            <translation>
                <numerusform> step</numerusform>
                <numerusform> steps</numerusform>
            </translation>
        </message>
        <message>
            <source> {:,} of them are chosen by the settings as they are, too.</source>
            <extracomment>settings_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source> {} could not be used, the first: {}</source>
            <extracomment>workspace.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>%n face(s) found.</source>
            <extracomment>workspace.py</extracomment>
            <translation>
                <numerusform>%n face found.</numerusform>
                <numerusform>%n faces found.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n face(s) ranked anew.</source>
            <extracomment>workspace.py</extracomment>
            <translation>
                <numerusform>%n face ranked anew.</numerusform>
                <numerusform>%n faces ranked anew.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n face(s) rejected</source>
            <extracomment>work_dialog.py</extracomment>
            <translation>
                <numerusform>%n face rejected</numerusform>
                <numerusform>%n faces rejected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n face(s) skipped</source>
            <extracomment>work_dialog.py</extracomment>
            <translation>
                <numerusform>%n face skipped</numerusform>
                <numerusform>%n faces skipped</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n point(s) stand where an average face has them.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation>
                <numerusform>%n point stand where an average face has them.</numerusform>
                <numerusform>%n points stand where an average face has them.</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;About facelabel</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Add</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Back</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Bad box</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Boxes file</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Campaign</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Cancel the job</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Close the project</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Coordinates count</source>
            <extracomment>export_dialog.py, import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Cut off or hidden</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Data</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Delete what was measured…</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Done</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Export labels…</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Faces</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;File</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Find faces in new photos</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Format</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Help</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Import photos…</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Keys…</source>
            <extracomment>menus.py, settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Label</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Later</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;New project…</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Next</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;No key</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Not a face</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Open a project…</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Other</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Quit</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Reset</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Review</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Same face twice</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Settings…</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Size of markers</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Skip</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Somebody else should do it</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Start</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Take it over</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Theme</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Too blurred or small</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Train now</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Unset attributes</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Unsure where points go</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Use only this</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;View</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;What labelling took…</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Your name</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{0}' is no header line</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{0}' is no image path</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{0}' is no objective for the preset '{1}'</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{0}' is none of {1}</source>
            <extracomment>nme.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{0}' is not a number</source>
            <extracomment>text.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{0}' starts from nothing</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, {:,} at random for the audit</source>
            <extracomment>settings_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>1 face</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>1 minute</source>
            <extracomment>costs.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>1 point lies</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>10 random faces, then 100 by NNM a round up to 750, trained anew from the pretrained weights each time. The paper's smaller budgets go with smaller batches: 75 for 375, 40 for 200, 20 for 100, 10 for 50. It measures on its own test set: no audit faces.</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>10 random faces, then 60 by NNM a round up to 315, trained anew from the pretrained weights each time. The paper's smaller budgets go with smaller batches: 30 for 158, 10 for 50. It measures on its own test set: no audit faces.</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>120 rendered faces on this machine: nothing is downloaded, nobody is shown.</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>128 pixel faces, 0.9 million parameters: the StyleGAN-based model for a processor without a GPU. More accurate than SCAF, tiny; training takes three to four times as long.</source>
            <extracomment>fase-tiny.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>128 pixel faces, 1.5 million parameters: learns from a few labels in about a minute on a processor without a GPU.</source>
            <extracomment>scaf-tiny.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>128 pixel faces, 3.9 million parameters: for a GPU or a patient processor. No weights ship: pretrain it first.</source>
            <extracomment>fase-small.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>256 pixel faces, half the published channels: between the tiny preset and the full one, for a GPU or a patient processor.</source>
            <extracomment>scaf-half.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>300-W .pts files</source>
            <extracomment>captions.py, targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>300-W labels beside the photos</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>300-W labels beside the photos (.pts)</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>300-W, 68 points</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>300-W, a .pts file beside each photo</source>
            <extracomment>__init__.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>300-W: one .pts file a face</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>32-bit pixels have no agreed brightness</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>95 % interval</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>98 landmarks and face attributes: counted as human labels.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>; {:,} set aside as likely outliers</source>
            <extracomment>settings_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A WFLW list has 98 landmarks: choose the scheme wflw-98, or find the faces another way.</source>
            <extracomment>new_project_plan.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A WFLW list holds 98 landmarks; this project's scheme {0} has {1}.</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A WFLW list in the folder</source>
            <extracomment>import_dialog.py, new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A batch of {} is more than the whole budget of {}.</source>
            <extracomment>checks.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A boxes file</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A boxes file (CSV or JSON)</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A face</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A few words, please: what is to be put right?</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A first useful model by an afternoon: 100 faces in batches of 10, the smallest model, a part of the pool scored each round.</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A folder of weights</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A folder that facelabel made. You may also drop a folder here.</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A job is still running. Finish it later?</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A limit of faces, of hours, or both is needed.</source>
            <extracomment>checks.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A model to rely on: 1,000 faces in batches of 50, more of the pool scored each round, 50 audit faces so that rounds can be told apart, every twentieth face labelled twice, every round trained anew.</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A near-identical photo has a label at the same place: face {0}.</source>
            <extracomment>suspicions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A new project: choose a folder of photos and what to mark in faces.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A revision that is restored becomes the newest one; nothing is lost.</source>
            <extracomment>history_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>A round: {} of training, {} of scoring {:,} face(s).</source>
            <extracomment>costs_card.py</extracomment>
            <translation>
                <numerusform>A round: {} of training, {} of scoring {:,} face.</numerusform>
                <numerusform>A round: {} of training, {} of scoring {:,} faces.</numerusform>
            </translation>
        </message>
        <message>
            <source>A training of days</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>AFLW, 19 points</source>
            <extracomment>aflw-19.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>About facelabel</source>
            <extracomment>about.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accept</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accept and next face</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accept the label, next face</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accepted</source>
            <extracomment>filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accepted untouched</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Action</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Actions and their keys</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Active time</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add the faces</source>
            <extracomment>draw_box.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Agreement</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Agreement at each landmark</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Agreement of annotators</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All annotators</source>
            <extracomment>filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All faces</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All keys</source>
            <extracomment>actions.py, keys_overlay.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All labels</source>
            <extracomment>filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All labels and several times the steps: for the model to end with</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Also faces that only the model has seen</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Angle of the jaw (gonion), where the outline turns inwards; about level with the lower lip.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Annotator</source>
            <extracomment>filters.py, work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Annotators</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Answer for all landmarks, not only those in doubt</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Any state</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Apart</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Apple GPU (MPS)</source>
            <extracomment>devices.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Apply from the next round</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the desktop</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Asked as gold face</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>At least {}.</source>
            <extracomment>checks.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>At most {}.</source>
            <extracomment>checks.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Audit NME</source>
            <extracomment>compare_card.py, rounds_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Audit faces</source>
            <extracomment>filter_bar.py, filters.py, pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Audit faces at most</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Audit faces on which the model is worst</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Audit share</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>BEGIN IMMEDIATE</source>
            <extracomment>database.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Back at this face: it is open again.</source>
            <extracomment>label_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Batch</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Batch (K)</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Batch and pool</source>
            <extracomment>campaign_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>Batch done: %n face(s) in {} of work, {:.0f} s and {:.1f} corrections each.</source>
            <extracomment>work_dialog.py</extracomment>
            <translation>
                <numerusform>Batch done: %n face in {} of work, {:.0f} s and {:.1f} corrections each.</numerusform>
                <numerusform>Batch done: %n faces in {} of work, {:.0f} s and {:.1f} corrections each.</numerusform>
            </translation>
        </message>
        <message>
            <source>Batch of {} done  ·  {}</source>
            <extracomment>desk_status.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Begin</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Begun, not accepted</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Blur</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Box taken back</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Boxes (*.csv *.json)</source>
            <extracomment>import_dialog.py, new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Boxes file</source>
            <extracomment>import_dialog.py, new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Boxes: drag a corner or side, or draw a new face.</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Brightness</source>
            <extracomment>adjuster.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Brightness, contrast and gamma of the view</source>
            <extracomment>adjuster.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Brightness, contrast, gamma of the view</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bringing the next faces…</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Browse: {}</source>
            <extracomment>path_field.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Browse…</source>
            <extracomment>path_field.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Budget in faces</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Budget in hours</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Budget of faces spent</source>
            <extracomment>status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Budget of hours spent</source>
            <extracomment>status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Building the demo</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>By anybody</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>By {}</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>COFW, 29 points</source>
            <extracomment>cofw-29.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CPU, {0} thread</source>
            <extracomment>devices.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CPU, {0} threads</source>
            <extracomment>devices.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CSV or JSON with image, left, top, width, height.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Campaign</source>
            <extracomment>campaign_screen.py, navigation.py, new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Campaign settings</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Campaign shows whether more labels pay. {} shows every key. This tour is in the Help menu.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Campaign: {}</source>
            <extracomment>campaign_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel</source>
            <extracomment>task_dialog.py, trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel the running job</source>
            <extracomment>trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancelled. The batch waits; train when you are ready.</source>
            <extracomment>trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Centre of the eye opening: half-way between its corners and between its lids; not the pupil when the gaze is turned aside.</source>
            <extracomment>aflw-19.toml, face-5.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Centre of the pupil; where the lid hides it, where it would be behind the lid.</source>
            <extracomment>cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that every photo is there</source>
            <extracomment>problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose an action.</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose faces by</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose faces to do something with them; a double click opens one.</source>
            <extracomment>faces_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose two versions.</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choosing…</source>
            <extracomment>settings_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Chosen by</source>
            <extracomment>rounds_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Chosen faces</source>
            <extracomment>faces_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Click nearer to the face, or hold Ctrl to bring the current landmark here.</source>
            <extracomment>gestures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close</source>
            <extracomment>adjuster.py, desk_notice.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close and lose them</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Closer</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Conf.</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Contrast</source>
            <extracomment>adjuster.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Convert the 98 landmarks to the 68 of 300-W</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coordinates count from 0</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coordinates count from 1, as 300-W does</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy the details</source>
            <extracomment>problems.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy the photos into the project</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy the photos too</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Corrections</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Corrections a face</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Costs</source>
            <extracomment>costs_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coverage</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Create the project</source>
            <extracomment>new_project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ctrl+Shift-drag</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ctrl-click</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Current thread </source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Curve and forecast count a face labelled in part as one; they hold while faces are asked for alike.</source>
            <extracomment>partial.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Curves: draw along one, or pull its line</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Curves: draw along {group}, or pull a line.</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dark</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Data</source>
            <extracomment>navigation.py, screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Data: {}</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete all that was measured in this project?</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>Difference {:+.2f} points (95 %: {:+.2f} to {:+.2f}) on {:,} audit face(s) that both predicted.</source>
            <extracomment>compare_card.py</extracomment>
            <translation>
                <numerusform>Difference {:+.2f} points (95 %: {:+.2f} to {:+.2f}) on {:,} audit face that both predicted.</numerusform>
                <numerusform>Difference {:+.2f} points (95 %: {:+.2f} to {:+.2f}) on {:,} audit faces that both predicted.</numerusform>
            </translation>
        </message>
        <message>
            <source>Dip of the upper lip's bow on the mid-line (labiale superius).</source>
            <extracomment>300w-68.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Disagreement of two models</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Disagreement under augmentation</source>
            <extracomment>plots.py, registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Disagreement with the mirror image</source>
            <extracomment>plots.py, registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dismiss</source>
            <extracomment>news.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dismiss: {}</source>
            <extracomment>news.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Distance of each landmark between the two labels</source>
            <extracomment>details.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Done: the new model has ranked the faces.</source>
            <extracomment>trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Done? {}</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag a box around each face, from the brows to the chin and from ear to ear.</source>
            <extracomment>draw_box.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag a point to its place, or click there: the nearest comes. Points that nobody touched follow.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw lines between landmarks</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw the boxes by hand in the window.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw the faces…</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drawing faces</source>
            <extracomment>task_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drawing the next batch…</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Each round goes on from the last, the first from the weights.</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the lower lid half-way between the corners, its lowest point when the gaze is straight.</source>
            <extracomment>cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the lower lid, a quarter of the way from the inner to the outer corner.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the lower lid, a quarter of the way from the outer to the inner corner.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the lower lid, a third of the way from the inner to the outer corner.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the lower lid, a third of the way from the outer to the inner corner.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the upper lid half-way between the corners, its highest point when the gaze is straight.</source>
            <extracomment>cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the upper lid, a quarter of the way from the inner to the outer corner.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the upper lid, a quarter of the way from the outer to the inner corner.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the upper lid, a third of the way from the inner to the outer corner.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edge of the upper lid, a third of the way from the outer to the inner corner.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>End the group pass; what is confirmed stays so</source>
            <extracomment>group_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Error and forecast</source>
            <extracomment>forecast_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Error on the audit faces against labelled faces</source>
            <extracomment>curve_plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Errors found against errors expected</source>
            <extracomment>doubt_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every face has its label. Import more photos, or export the labels.</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every face is done. Export the labels, or import more photos.</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every face was skipped or rejected. The Data screen has them; or import more photos.</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every face was skipped or rejected. {} goes back to them; or import more photos.</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every group of these faces is confirmed.</source>
            <extracomment>group_pass.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every landmark is placed.</source>
            <extracomment>gestures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every round starts anew from the weights, as in the papers.</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every round starts anew, without weights.</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every step is kept at once. When the batch is full the model learns from it, and you go on.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everything that is labelled fits into this format.</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Exaggerated expression</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Expected errors</source>
            <extracomment>doubt_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Expected errors are rough yet: real errors differ from them by {0} on average; the points most in doubt are {1} times as far off as the surest.</source>
            <extracomment>calibration.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Expected errors beside landmarks in doubt</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Expected errors can be relied on: real errors differ from them by {0} on average; the points most in doubt are {1} times as far off as the surest.</source>
            <extracomment>calibration.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Expected errors hardly tell sure points from doubtful ones; real errors differ from them by {0} on average.</source>
            <extracomment>calibration.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export labels</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export labels…</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export…</source>
            <extracomment>status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Expression</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Extension modules: </source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Extreme illumination</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>FASE</source>
            <extracomment>fase.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>FASE, small</source>
            <extracomment>fase-small.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>FASE, tiny</source>
            <extracomment>fase-tiny.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face attribute: yes, no, unset</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face attributes</source>
            <extracomment>attribute_chips.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face attributes that nobody set</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face boxes as CSV or JSON</source>
            <extracomment>__init__.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face boxes: draw, move, resize</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face canvas</source>
            <extracomment>widget.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline half-way between nose base and mouth corner in height, just above the angle of the jaw.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline half-way between nose base and mouth corner in height.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline in front of the ear, level with the lower nose bridge.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline in front of the ear, level with the outer corner of the eye; start of the jaw line.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline in front of the ear, level with the upper nose bridge.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline in front of the upper ear, just below the level of the eye.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline just below the ear lobe, level with the nose base.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline level with the middle of the nose bridge, at the front edge of the ear.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline level with the mouth corner, just above the angle of the jaw.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline level with the tip of the nose, near the ear lobe.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face outline where it meets the hair in front of the ear, level with the outer corner of the eye; start of the jaw line.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face with its label</source>
            <extracomment>stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face with the second label</source>
            <extracomment>stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face {0} of the same photo has nearly the same box.</source>
            <extracomment>suspicions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face {}</source>
            <extracomment>pool_page.py, queue_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face {} is accepted.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face {} is gold.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face {} is no gold face any more.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face {} is sent back.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face {} of {}  ·  {}</source>
            <extracomment>desk_status.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Face {}, {}</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces</source>
            <extracomment>actions.py, agreement_card.py, new_project_pages.py, screen.py, work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces count when they are labelled, for training or for the audit, and once more when they are labelled again (repeated and gold faces); imported labels and rejected faces do not.
All time at the window counts to the hours: rejected faces and second looks, too.</source>
            <extracomment>status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces in a seeded chance order: the yardstick for the others.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces in the list</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces labelled</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces labelled in part: the model's points where nobody confirmed any</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces of the batch, with the reason for each</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces of the project</source>
            <extracomment>faces_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces of the project, as pictures</source>
            <extracomment>faces_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces on which the group is confirmed</source>
            <extracomment>group_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces that NNM, the mirror image and the labelled shapes together hold for wrong come first.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces that look least like any labelled face come first, so that the batch covers the pool.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces that promise most for each second of an annotator's time come first.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces that these settings would choose</source>
            <extracomment>settings_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces that together stand near as much of the pool as they can. Needs no label to begin.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces that two versions of the model predict otherwise come first.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces whose heatmaps hold little mass around the predicted landmarks come first.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces whose heatmaps spread their mass widely come first.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces whose mirror image is predicted otherwise than they are come first.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces whose predicted shape is unlike the labelled ones come first.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faces whose prediction changes when the crop is altered a little come first.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Farther</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find faces in new photos</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find moved photos…</source>
            <extracomment>problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find the faces</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find them</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finding</source>
            <extracomment>filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>First batch</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>First faces by</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>First model version</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fit</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fit the face</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fit the image</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Five points</source>
            <extracomment>face-5.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fol&amp;der</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder</source>
            <extracomment>problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder of &amp;photos</source>
            <extracomment>import_dialog.py, new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder of photos</source>
            <extracomment>import_dialog.py, new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder to write</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Format</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From 0</source>
            <extracomment>export_dialog.py, import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From 1, as 300-W does</source>
            <extracomment>export_dialog.py, import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From a folder of photos: scheme, faces, model.</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gain per second</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gamma</source>
            <extracomment>adjuster.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Get a face dataset labelled with the fewest human seconds. Apache License 2.0.</source>
            <extracomment>about.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go from the canvas to the next control</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go on</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go on labelling</source>
            <extracomment>status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go on: {0} of the error{1}{2}.</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gold</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gold face</source>
            <extracomment>desk_notice.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gold face: the label is a right answer</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gold faces</source>
            <extracomment>captions.py, filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Good values stand here already; all of them can be changed between rounds.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Grid</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Group pass</source>
            <extracomment>group_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Group pass: one landmark group, face after face</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hair, a hand, glasses, a microphone or another object covers part of the face.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Handed out ahead, by the last ranking, while the model trains.</source>
            <extracomment>queue_list.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Head of the brow: its end nearest the nose.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Heatmap entropy</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Heatmap of model v{}.</source>
            <extracomment>heat_overlay.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide the points while held</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>History</source>
            <extracomment>details.py, history_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>History of the face</source>
            <extracomment>history_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>History of the face, and older revisions</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How far off a landmark is expected to be, in pixels of the photo: {}.</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How many</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ICC x, y</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Idle time is left out. All this is kept in the project alone; nothing is sent anywhere.</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Idle. Label the first batch: training starts by itself when it is full.</source>
            <extracomment>campaign_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Idle. Training starts by itself when the batch is full.</source>
            <extracomment>trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Illumination</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import photos</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import photos…</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import stopped. {}</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Imported: {}.</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Importing a folder again adds only what is new, and finds photos that moved.</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Importing photos</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import…</source>
            <extracomment>status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>In all</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Inner corner of the eye (endocanthion): the tear duct, where the lids meet nearest the nose.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is not installed here: the batches are chosen otherwise.</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is stopped cleanly and every label is saved. Training goes on when the project is opened again.</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Its definition, and how sure the model is. {} goes to the next one in doubt.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Its own numbers</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jaw line below the mouth corner, level with the fold under the lower lip.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jaw line five steps before the chin, half-way between the angle of the jaw and the chin along the outline.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jaw line four steps before the chin, below the mouth corner.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jaw line level with the fold under the lower lip.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jaw line one step before the chin, where the curve of the chin begins.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jaw line one step below the angle of the jaw, level with the lower edge of the lower lip.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jaw line three steps before the chin, below the outer third of the lower lip.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jaw line two steps before the chin, below the outer end of the lower lip.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jaw line two steps before the chin, where the curve of the chin begins.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep  (Esc)</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep it running</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keys</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keys and mouse</source>
            <extracomment>keys_dialog.py, keys_overlay.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keys of: {}</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Label</source>
            <extracomment>navigation.py, stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Label a face dataset with the fewest human seconds: the model asks for the faces it needs.</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Label a few faces: their pace is drawn here.</source>
            <extracomment>costs_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labelled</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labelled a second time</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labelled by</source>
            <extracomment>face_model.py, filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labelled twice</source>
            <extracomment>details.py, filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labels</source>
            <extracomment>compare_card.py, rounds_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labels are listed here once there are some, those that look wrong first.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labels by suspicion</source>
            <extracomment>list_panel.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labels go to</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labels that the forecast looks ahead</source>
            <extracomment>forecast_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Landmark</source>
            <extracomment>agreement_card.py, details.py, landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Landmark group</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Landmark group of the pass</source>
            <extracomment>group_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Landmark groups that cost most</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Landmark scheme</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Landmark schemes</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Landmarks</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Landmarks asked for</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Landmarks of the face</source>
            <extracomment>landmark_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Large pose</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Last log lines of the worker</source>
            <extracomment>trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Later ({})</source>
            <extracomment>reasons.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Learning</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave out for good</source>
            <extracomment>problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave those faces out</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Left and right look swapped: {0}.</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Left and right swapped</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Left corner of the mouth (cheilion), on the outer edge of the lips where upper and lower lip meet.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, face-5.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Left end of the line where the lips part, just inside the left mouth corner.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Left peak of the upper lip's bow (crista philtri).</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let the detector look again</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let this label count</source>
            <extracomment>details.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let untouched landmarks follow corrections</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Like k-center greedy, after the faces with no other near them are left out.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lines between landmarks</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lines cross</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>List</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Log</source>
            <extracomment>trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look</source>
            <extracomment>desk_notice.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look again</source>
            <extracomment>workspace.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look ahead</source>
            <extracomment>forecast_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look at it again</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look at its label: a slip, or no face at all?</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looked at by</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking at the labels: {:,} of {:,}</source>
            <extracomment>list_panel.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking at the labels…</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking for every photo</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking for faces</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking for moved photos</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower corner of the head of the brow, straight below the upper one.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the brow half-way between its ends, below the arch.</source>
            <extracomment>cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the brow, first quarter from the head.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the brow, first quarter from the tail.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the lower lip on the mid-line (labiale inferius).</source>
            <extracomment>300w-68.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the lower lip, half-way between the left mouth corner and the point below the left peak of the upper lip.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the lower lip, half-way between the right mouth corner and the point below the right peak of the upper lip.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the lower lip, just left of the mid-line, below the left peak of the upper lip.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the lower lip, just right of the mid-line, below the right peak of the upper lip.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the upper lip on the mid-line; meets the lower lip when the mouth is shut.</source>
            <extracomment>300w-68.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the upper lip, below its left peak.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower edge of the upper lip, below its right peak.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower rim of the left nostril, half-way between the wing and the mid-line.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lower rim of the right nostril, half-way between the wing and the mid-line.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lowest point of the chin on the mid-line of the face (menton), on the outline of the bone, not of a beard or a double chin.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Magnify what lies under a point while it moves</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Make the landmark absent</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Make-up</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Make-up, face paint or a mask of colour changes how the features look.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Making the project</source>
            <extracomment>new_project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Map of the pool</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Map of the scheme {}</source>
            <extracomment>guide_maps.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mean of three ranks</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>Measured on {} of {} audit face(s): drawn at random, labelled blind, never trained on.</source>
            <extracomment>forecast_card.py</extracomment>
            <translation>
                <numerusform>Measured on {} of {} audit face: drawn at random, labelled blind, never trained on.</numerusform>
                <numerusform>Measured on {} of {} audit faces: drawn at random, labelled blind, never trained on.</numerusform>
            </translation>
        </message>
        <message>
            <source>Memory to train</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Middle of the brow, half-way between its two ends and between its upper and lower edge.</source>
            <extracomment>aflw-19.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Middle of the mouth on the mid-line: on the line where the lips meet, or half-way between the lips when they part.</source>
            <extracomment>aflw-19.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Model</source>
            <extracomment>captions.py, rounds_table.py, stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Model disagrees</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Model v{}</source>
            <extracomment>stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>Model v{} against {} blind label(s): half of the faces within {:.1f} %, {} beyond {:.0f} %.</source>
            <extracomment>pool_page.py</extracomment>
            <translation>
                <numerusform>Model v{} against {} blind label: half of the faces within {:.1f} %, {} beyond {:.0f} %.</numerusform>
                <numerusform>Model v{} against {} blind labels: half of the faces within {:.1f} %, {} beyond {:.0f} %.</numerusform>
            </translation>
        </message>
        <message>
            <source>Model v{} is ready.</source>
            <extracomment>workspace.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Models side by side</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>More than one point</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move a landmark</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move its whole group</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the current landmark to the cursor</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the nearest landmark to the cursor</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the picture</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the whole face</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Moved by</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>My own scheme file</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NME in per cent</source>
            <extracomment>plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NNM</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NNM scores</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name a folder for the project.</source>
            <extracomment>new_project_plan.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name of a landmark</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name or folder…</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name the file of the scheme.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name the file that holds the boxes.</source>
            <extracomment>new_project_plan.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name the folder that holds the photos.</source>
            <extracomment>new_project_plan.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Names of landmarks</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Near dots look alike to the model. Hover shows a face, the wheel zooms, drag moves.</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Near-duplicates</source>
            <extracomment>captions.py, filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Near-identical photo</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Negative neighbourhood magnitude</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New project</source>
            <extracomment>new_project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New project…</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>News</source>
            <extracomment>news.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next doubtful landmark</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next face</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next in line</source>
            <extracomment>queue_list.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next landmark</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No audit face was predicted by both: nothing tells them apart yet.</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No batch yet. Go to Label: the first one is drawn for you.</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No difference between {} and {} can be shown.</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No doubtful landmark is left.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No face is left to label. Export the labels, or import more photos.</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No face is like that.</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No face was labelled twice yet. The settings say which share of faces is; the second label is blind and never replaces the first.</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No face would be chosen.</source>
            <extracomment>settings_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No faces yet: draw the boxes by hand</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No label passes these filters.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No near-duplicate of this face has a label yet.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No point belongs to that stroke. Draw along the curve.</source>
            <extracomment>contour_gestures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No point was moved, though the model was unsure of {0} % of them.</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nobody changed anything since the project was made.</source>
            <extracomment>settings_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None yet</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None yet. Make a new project from a folder of photos, or look at the demo first.</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None: every photo has a face, or somebody has said that it has none.</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None: every photo that was looked at could be read.</source>
            <extracomment>problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not applied yet: {}</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not calibrated yet: {} of {} audit faces. Each batch adds some.</source>
            <extracomment>doubt_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not saved: {}</source>
            <extracomment>review_screen.py, workbench.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not started</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Notes</source>
            <extracomment>face_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing in the queue is open. The Campaign screen says what comes next.</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is suggested: the settings switch it off.</source>
            <extracomment>outlook.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing measured yet.</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing speaks against this label.</source>
            <extracomment>details.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing to compare yet: audit faces are labelled blind, then every model is measured.</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing to redo.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing to save</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing to undo.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing was labelled in this sitting yet.</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nudge by 0.1 px</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nudge by 1 px</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nudge by 10 px</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Occlusion</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Of the most uncertain faces, the likely outliers left out, those that are most like many others.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>Of v{} on {} audit face(s), each told by the others.</source>
            <extracomment>doubt_card.py</extracomment>
            <translation>
                <numerusform>Of v{} on {} audit face, each told by the others.</numerusform>
                <numerusform>Of v{} on {} audit faces, each told by the others.</numerusform>
            </translation>
        </message>
        <message>
            <source>Off by</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One image pixel, one screen pixel</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only for files that were never imported</source>
            <extracomment>problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open &amp;recent</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a project</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a project first.</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a project…</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open on the desk</source>
            <extracomment>faces_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open project</source>
            <extracomment>navigation.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open read-only</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open the folder</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open this face on the Label screen.</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>OpenCV cannot load this detector</source>
            <extracomment>yunet.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Or look first</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Outer base of the left nose wing, where it meets the cheek above the upper lip.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Outer base of the right nose wing, where it meets the cheek above the upper lip.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Outer corner of the eye (exocanthion): where the lids meet nearest the temple; not the end of a lash or a crease.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pace: {}.</source>
            <extracomment>costs_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paper: SCAF on 300-W</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paper: SCAF on WFLW</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Parameters</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Photo</source>
            <extracomment>face_model.py, images_page.py, problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Photo cannot be read</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Photos</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Photos in which no face is known. Nobody is asked to label them.</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Photos stay where they are, unless you ask for copies. Subfolders count.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Photos that an import refused, or that could not be read later. Without a choice, all of them are tried.</source>
            <extracomment>problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Photos with a problem</source>
            <extracomment>problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Photos without a face</source>
            <extracomment>images_page.py, screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pixels</source>
            <extracomment>details.py, images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Place landmarks in order, one a click</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Place {name} ({n} of {of}).</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Please choose</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Points move only by hand.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Points outside</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pose</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Press the new key</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Press the new key in the field.</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous face</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous landmark</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Problems</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Progress</source>
            <extracomment>campaign_screen.py, task_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Progress of the job</source>
            <extracomment>trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Project</source>
            <extracomment>about.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Project &amp;folder</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Project folder</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Projects that you opened stand here. The tour of the desk comes with the first.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put back</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put back what is dragged; leave the mode, or the group pass</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put it right on the desk</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put right</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put right what is wrong</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put the marked settings right, then apply.</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put the marked values right.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Python</source>
            <extracomment>about.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Quality</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Queue</source>
            <extracomment>queue_list.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Queue of faces</source>
            <extracomment>queue_list.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Quick</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Random</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ranking the faces</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Read-only shows the campaign and exports labels; nothing can be changed.</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading photos</source>
            <extracomment>task_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the faces</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the photo…</source>
            <extracomment>draw_box.py, label_screen.py, review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the project…</source>
            <extracomment>noted.py, pool_page.py, status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the queue…</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading…</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recent projects</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Redo</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reject</source>
            <extracomment>faces_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reject: not a face, unusable</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rejected</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reopen</source>
            <extracomment>faces_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Repeat the label of a near-duplicate</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Repeated faces</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Replace the earlier export in this folder</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reset</source>
            <extracomment>adjuster.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reset a&amp;ll</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Restore this revision</source>
            <extracomment>details.py, history_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Retry</source>
            <extracomment>desk_status.py, workspace.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Review</source>
            <extracomment>actions.py, navigation.py, review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Review: {}</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Revision {}</source>
            <extracomment>stage.py, words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Revision {} is the label again, as a new revision.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ridge of the nose, a third of the way from the root to the tip.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ridge of the nose, two thirds of the way from the root to the tip.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Right corner of the mouth (cheilion), on the outer edge of the lips where upper and lower lip meet.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, face-5.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Right end of the line where the lips part, just inside the right mouth corner.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Right peak of the upper lip's bow (crista philtri).</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Root of the nose on the mid-line (sellion): the deepest point between the eyes.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Round</source>
            <extracomment>face_model.py, history_table.py, rounds_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Round whose batch is shown</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Round {}</source>
            <extracomment>pool_page.py, queue_list.py, words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rounds</source>
            <extracomment>progress_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>SCAF</source>
            <extracomment>scaf.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>SCAF, half</source>
            <extracomment>scaf-half.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>SCAF, tiny</source>
            <extracomment>scaf-tiny.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Same face twice</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save again</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save what could not be saved again</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saved</source>
            <extracomment>desk_status.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saved labels are safe. Please report the details below.
{}</source>
            <extracomment>problems.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saved. The budget counts at once, everything else from the next round.</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saving the result</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saving…</source>
            <extracomment>desk_status.py, settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scheme file</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scheme guide</source>
            <extracomment>guide.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scheme guide: drawings</source>
            <extracomment>guide.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Schemes (*.toml)</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Score at most</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scores</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scores of the open faces</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scoring a face</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Screen: {}</source>
            <extracomment>navigation.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Screens</source>
            <extracomment>navigation.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search an action or a key</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search by name or folder</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Second</source>
            <extracomment>stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Second label</source>
            <extracomment>details.py, stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Second label by {}</source>
            <extracomment>stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Second label differs</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Second model version</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seconds a face</source>
            <extracomment>rounds_table.py, work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seconds per face</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seed of chance</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send back  (Enter)</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send back with a note</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send back…</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sent back</source>
            <extracomment>filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sent back by {}</source>
            <extracomment>desk_notice.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Served ahead</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Set aside as outliers</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settings</source>
            <extracomment>about.py, campaign_screen.py, settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settings of the next round</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Share</source>
            <extracomment>details.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Share of time</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shift-drag</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shift-drag moves a whole eye or brow, Ctrl+Shift-drag the face. {} takes back any step.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show</source>
            <extracomment>filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show all</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show as: {}</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show every face</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show faces that are: {}</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show or fold away the drawings of the scheme</source>
            <extracomment>guide.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show or hide them</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the label</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the model's shape</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the other annotator's shape</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show those where a person said that there is no face</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Side by side</source>
            <extracomment>stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Single letters rest while you type in a text field. Changes count at once.</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Single letters rest while you type in a text field. Esc closes this.</source>
            <extracomment>keys_overlay.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size</source>
            <extracomment>face_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size: {}.</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Skip</source>
            <extracomment>faces_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Skip, ask later</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Skipped</source>
            <extracomment>filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Some labels are not saved yet.</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Somebody refused it</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Source</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Spread x, y</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stands with every label that you make.</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start</source>
            <extracomment>navigation.py, start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start from a template</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start from a template…</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Started</source>
            <extracomment>rounds_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>State</source>
            <extracomment>face_model.py, filter_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>State of the campaign</source>
            <extracomment>status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Status</source>
            <extracomment>desk_status.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop and finish later</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop looking</source>
            <extracomment>list_panel.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopped. Nothing was lost; every label is saved.</source>
            <extracomment>workspace.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopping</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopping is suggested: predictions are corrected by {0} %, which is no more than annotators differ among themselves ({1} %).</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopping is suggested: {0} of the error{1}, and the round before said so too.</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopping…</source>
            <extracomment>task_dialog.py, trainer.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>StyleGAN2 from elsewhere</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tail of the brow: its end nearest the temple, where the hairs run out.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take the &amp;tour</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take the last box back</source>
            <extracomment>draw_box.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take the last verdict back</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Taken over from {}, as a suggestion: what you have moved stays.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>That box is too small for a face. Drag from corner to corner.</source>
            <extracomment>box_gestures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>That is outside the picture.</source>
            <extracomment>gestures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>That model has learned from this label, and still disagrees.</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>That was a gold face, whose right label is known. Your points were {:.1f} % off, above all {}.</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The annotator began with that prediction and corrected it.</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The batch is done. Training starts by itself, or on the Campaign screen.</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>The batch is labelled, {} face(s). Next: training.</source>
            <extracomment>words.py</extracomment>
            <translation>
                <numerusform>The batch is labelled, {} face. Next: training.</numerusform>
                <numerusform>The batch is labelled, {} faces. Next: training.</numerusform>
            </translation>
        </message>
        <message>
            <source>The batch they would choose</source>
            <extracomment>settings_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The budget is spent. Export the labels, or raise the budget on the Campaign screen.</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The budget is spent. Export the labels, or raise the budget to go on.</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The demo has rendered faces. Nothing is downloaded or sent.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The detector that comes with facelabel looks through every photo.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The error on the audit faces is drawn here after the first training.</source>
            <extracomment>forecast_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The face is as it came. Undo once more goes back to the face before.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The face is moved strongly: a wide open mouth, a grimace, a shout, eyes pressed shut.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The face is out of focus, moved or too coarse to see the edges of its features.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The face is shaped unlike the others of the project ({0} times the usual distance)</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The face with the chosen revision</source>
            <extracomment>history_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The faces that teach most</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The head is turned or tilted far from the camera, so that one side of the face is largely hidden.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The job failed.</source>
            <extracomment>trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The label is a right answer. Annotators are asked for it blindly, and told how near they came.</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The labels are being looked at…</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The last training failed: {0}</source>
            <extracomment>standing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The last training was interrupted: {0}</source>
            <extracomment>standing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The line {0} crosses the line {1}.</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The map is drawn here once a model has seen the faces.</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model asks for these, the most useful first. Work from the top; the next one opens by itself.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model is farthest off on</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model is learning from this batch. No other face is in line until it is done.</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>The model is learning from {} labelled face(s). Labelling goes on with the faces next in line.</source>
            <extracomment>words.py</extracomment>
            <translation>
                <numerusform>The model is learning from {} labelled face. Labelling goes on with the faces next in line.</numerusform>
                <numerusform>The model is learning from {} labelled faces. Labelling goes on with the faces next in line.</numerusform>
            </translation>
        </message>
        <message>
            <source>The model puts the points {0} % {1} elsewhere</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model's confidence. How far off that is in pixels: {}.</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model's confidence: {:.0f} %</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The most typical face of each group of like faces that has no label yet. Needs no label to begin.</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The newest model version</source>
            <extracomment>desk_status.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The next faces: {:.0f} s each</source>
            <extracomment>costs_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The photo: drag to draw a box around each face</source>
            <extracomment>draw_box.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The points are those of model v{} now.</source>
            <extracomment>label_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The pool as the model sees it</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project is open read-only.</source>
            <extracomment>campaign_screen.py, faces_page.py, main_window.py, settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The published size: 256 pixel faces, 23.7 million parameters. Meant for a GPU.</source>
            <extracomment>scaf.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The published size: 256 pixel faces, 81 million parameters, 37 times the arithmetic of SCAF. Needs a GPU, and a generator that you bring or pretrain.</source>
            <extracomment>fase.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The rest</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The right label</source>
            <extracomment>desk_notice.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The same key as: {}</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The scores are drawn here once a model has ranked the faces.</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The second label becomes the next revision; the first stays in the history.</source>
            <extracomment>details.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The second label counts now; the first stays in the history.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The settings cannot be saved: {}</source>
            <extracomment>main_window.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training loss is drawn here while the model learns.</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The verdict on face {} is taken back.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The worker stopped: {}</source>
            <extracomment>workspace.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>The {} landmark(s) of {}</source>
            <extracomment>scheme_preview.py</extracomment>
            <translation>
                <numerusform>The {} landmark of {}</numerusform>
                <numerusform>The {} landmarks of {}</numerusform>
            </translation>
        </message>
        <message>
            <source>There are no faces yet.</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are no faces yet. Import photos from the File menu; the faces in them are found for you.</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are no faces yet. Import photos, and let the detector find the faces in them.</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are no labels yet.</source>
            <extracomment>list_panel.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no face</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no face to accept.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no face to begin with.</source>
            <extracomment>group_pass.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no heatmap of this face: only those of the last scoring are kept.</source>
            <extracomment>heat_overlay.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no heatmap: no model has looked at this face yet.</source>
            <extracomment>heat_overlay.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no history to show yet.</source>
            <extracomment>history_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no verdict to take back.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These keys belong together, or are gestures: they cannot be changed.</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These settings hold. Changes apply from the next round, a budget at once.</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This face is labelled without help, to measure by it.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This face measures the model: it is labelled without seeing what the model saw.</source>
            <extracomment>heat_overlay.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This folder is not empty. Name another, or replace the export that is in it.</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is a bug in facelabel.</source>
            <extracomment>problems.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is the first face.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is the last face of the queue.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This model has learned from the label, so that the two agree more than they otherwise would.</source>
            <extracomment>stage.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This scheme has no curves to draw.</source>
            <extracomment>contour_gestures.py, desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This sitting</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This week</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Thorough</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Times and counts of every annotator go. Labels, and the seconds that stand with them, stay.</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tip of the nose (pronasale): the point that stands out furthest, on the mid-line.</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, face-5.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>To review</source>
            <extracomment>filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Today</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Too early to suggest anything: {0}.</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Too few audit faces to tell: {} of at least {}. Each batch adds some.</source>
            <extracomment>forecast_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Too few to tell: {} of at least {} faces were labelled twice.</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Top edge of the brow half-way between its middle and its head.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Top edge of the brow half-way between its tail and its middle.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Top edge of the brow half-way between its two ends, usually at the arch.</source>
            <extracomment>300w-68.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tour</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Traceback (</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train from</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train now</source>
            <extracomment>trainer_card.py, workspace.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train the &amp;final model</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trainer</source>
            <extracomment>navigation.py, trainer_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training and scoring</source>
            <extracomment>about.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training and scoring: time shown after the first round.</source>
            <extracomment>costs_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training loss</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training steps</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again</source>
            <extracomment>main_window.py, problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try the &amp;demo</source>
            <extracomment>menus.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try the demo</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trying the photos again</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Turn faces upright</source>
            <extracomment>actions.py, settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Two labels of a face are {:.1f} % {} apart.</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Two labels side by side</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Two trained versions can be compared here, of one model or of two.</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Typical among the uncertain</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Typical of each group</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Underside of the chin, one step from its lowest point.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Undo</source>
            <extracomment>actions.py, workspace.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unlikely shape</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Untouched points follow corrections.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unusual shape</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upper corner of the head of the brow, its end nearest the nose.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upper edge of the brow half-way between its ends, usually at the arch.</source>
            <extracomment>cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upper edge of the brow, first quarter from the head.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upper edge of the brow, first quarter from the tail.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upper edge of the lower lip on the mid-line; meets the upper lip when the mouth is shut.</source>
            <extracomment>300w-68.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upper edge of the lower lip, below the left peak of the upper lip.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upper edge of the lower lip, below the right peak of the upper lip.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upper edge of the upper lip, half-way between the left mouth corner and the left peak.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Upper edge of the upper lip, half-way between the right mouth corner and the right peak.</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>VGGFace2 and AffectNet photos, as the authors of 3FabRec say; for research only</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Value error, </source>
            <extracomment>schemes.py, settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Very dark, overexposed or one-sided light hides parts of the face.</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Very fast</source>
            <extracomment>findings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>View</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Visibility</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Visible, occluded, absent</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>WFLW list, one line a face</source>
            <extracomment>__init__.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>WFLW lists</source>
            <extracomment>targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>WFLW, 98 points</source>
            <extracomment>wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>WFLW: one list with rectangles and attributes</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Weights</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Weights: {}</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What</source>
            <extracomment>history_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What .pts coordinates count from</source>
            <extracomment>import_dialog.py, new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What coordinates count from</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What cost most</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What counts: {}.</source>
            <extracomment>status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What each point is</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is changed, and whether it is applied</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is to be put right</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is to be put right? The annotator sees this first.</source>
            <extracomment>decision_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is wrong, and what helps</source>
            <extracomment>problems_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What labelling took</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the format cannot hold</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the model saw: heatmap of the landmarks</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What to do: {}</source>
            <extracomment>problems.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>When</source>
            <extracomment>face_model.py, history_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>When it ends</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where are the photos now?</source>
            <extracomment>screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where people disagree</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where the faces come from</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where the faces in the photos come from. Boxes can be drawn and moved later.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where the landmark lies</source>
            <extracomment>guide_maps.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where the partition between the nostrils meets the upper lip, on the mid-line (subnasale).</source>
            <extracomment>300w-68.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Which faces</source>
            <extracomment>filter_bar.py, settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Which points every face gets. It cannot be changed later.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Who</source>
            <extracomment>agreement_card.py, history_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Who changed what</source>
            <extracomment>settings_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Whole faces</source>
            <extracomment>group_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Why it is suspected</source>
            <extracomment>details.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Why the face is rejected</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Why the face is skipped</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Window</source>
            <extracomment>about.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>With a finding</source>
            <extracomment>filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>With and without findings</source>
            <extracomment>filters.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>With left and right exchanged the points fit {0}.</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write 0</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write the names of landmarks</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Writing the labels</source>
            <extracomment>export_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your name stands with every label that you make. Changes count at once.</source>
            <extracomment>settings_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your photos</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your photos are searched for faces. The first face comes here by itself.</source>
            <extracomment>empty_words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your points</source>
            <extracomment>desk_notice.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your points and the right label</source>
            <extracomment>desk_notice.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom at the cursor</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom, move the picture</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a 'pretrain' job needs pretrain</source>
            <extracomment>messages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a 'score' job needs weights, or pretrained ones in train</source>
            <extracomment>messages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a '{0}' job needs train and labels</source>
            <extracomment>messages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a .pts file holds one face: keep one face a file</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a WFLW list</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a WFLW list cannot hold a name with blanks</source>
            <extracomment>export_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a WFLW list cannot hold this image path: it has to be one word that is not a number</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a WFLW list has 98 landmarks, the scheme {0} has {1}</source>
            <extracomment>labelled.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a WFLW list has both rectangle and attributes, or neither</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a WFLW list has the attributes {0}</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a WFLW list has the attributes {0}, which the scheme {1} has not</source>
            <extracomment>targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a WFLW list holds 98 landmarks, the scheme {0} has {1}</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a WFLW list holds {0} landmarks, the scheme {1} has {2}</source>
            <extracomment>targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a Windows share</source>
            <extracomment>network.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a batch has at least one face, and no less than nothing is left of a budget</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a batch of {0} has no face for each of {1} sources</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a box is {0}</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a budget needs a limit of faces, of hours, or both</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a drag is already on</source>
            <extracomment>session.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a face box needs an area, {0} x {1} has none</source>
            <extracomment>faces.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a face box needs finite numbers, not {0}</source>
            <extracomment>faces.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a face is sent back with a note</source>
            <extracomment>reviews.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a file of an encoder is for FASE, and the preset '{0}' is not</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a forecast looks at least one label ahead, with a level between 0 and 1</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a generator of StyleGAN2</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a generator of StyleGAN2; those trained by NVIDIA are for non-commercial use</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a generator pretrained to draw faces</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a generator that was never trained cannot stay as it is</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a label cannot be saved: {0}</source>
            <extracomment>labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a landmark head is for SCAF: the files for FASE have none</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a link leads back to itself: remove it</source>
            <extracomment>errors.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a loss of pretraining is no longer a number at step {0}</source>
            <extracomment>steps.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a mean shape needs at least one shape with every landmark</source>
            <extracomment>align.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a neighbour's label</source>
            <extracomment>history.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a number from {0} to {1}</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a number of faces is not negative</source>
            <extracomment>pacing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a person: no face</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a person: no face here</source>
            <extracomment>listing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a rectangle is in whole pixels</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a similarity needs two landmarks that are present in both shapes</source>
            <extracomment>align.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a snapshot of 3FabRec</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {0} of annotation</source>
            <extracomment>pacing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {} left</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>above all {0}.</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>above {0}</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>absent</source>
            <extracomment>label_screen.py, landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>accepted</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>after the top {0} % were set aside as likely outliers</source>
            <extracomment>rankings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ahead</source>
            <extracomment>queue_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>all of every face</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>all {0} faces are</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>allowed: {0}</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>almost as well</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>already {0}</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>an 'import' job needs snapshot</source>
            <extracomment>messages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>an attribute is 0 or 1</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>an empty box</source>
            <extracomment>matlab.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>an encoder learns from a generator that was pretrained before</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>an encoder of FASE</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>an intraclass correlation takes two subjects and two raters at least, not {0}</source>
            <extracomment>agreement.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>and {0} more</source>
            <extracomment>judging.py, weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another pretraining stands in this folder: other faces or other settings</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another program holds the database</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another typical one</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another {0} label</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another {0} label would take away about {1} %</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another {0} labels</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another {0} labels would take away about {1} %</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>any text{0}</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>arrow keys</source>
            <extracomment>keys_overlay.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>as expected</source>
            <extracomment>doubt_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>as many as the strategy wants</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>as the model has it</source>
            <extracomment>captions.py, settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>as usual</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ask for all</source>
            <extracomment>session.py, work.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>asked</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>asked for, the highest first</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>asking the worker…</source>
            <extracomment>about.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>attributes not set: </source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>attributes: two of them have the same id</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>audit</source>
            <extracomment>pool_look.py, words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>audit face</source>
            <extracomment>face_model.py, forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>audit face, drawn at random: labelled without the model's guess, to measure the model</source>
            <extracomment>audit.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>began with v{}</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>begin again in a new folder with a lower --lr; the last sound state stays</source>
            <extracomment>steps.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>begin the file with image, or image_name</source>
            <extracomment>subsets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>begin the file with {0}</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>begun</source>
            <extracomment>face_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>box or diagonal</source>
            <extracomment>nme.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>budget {} left</source>
            <extracomment>desk_status.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>by falling uncertainty, after the typical ones</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>by hand</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>by the hours</source>
            <extracomment>budgeting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>by {}</source>
            <extracomment>details.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>calibrated on {0} audit face</source>
            <extracomment>calibration.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>calibrated on {0} audit faces</source>
            <extracomment>calibration.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>cannot be locked: {0}</source>
            <extracomment>lock.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>cannot be made: {0}</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>cannot be read: {0}</source>
            <extracomment>folders.py, matlab.py, schemes.py, text.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>cannot be written: {0}</source>
            <extracomment>atomic.py, exporting.py, plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>cannot copy the photo here: {0}</source>
            <extracomment>importing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check its name and permissions</source>
            <extracomment>find.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check its permissions</source>
            <extracomment>folders.py, lock.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check its permissions and disk</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check space and permissions</source>
            <extracomment>checkpoints.py, store.py, weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check that it is the file you mean</source>
            <extracomment>matlab.py, text.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check that the disk is connected and healthy</source>
            <extracomment>errors.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check that the disk is connected, healthy and not full, then open the project again</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check the folder</source>
            <extracomment>plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check the path</source>
            <extracomment>matlab.py, schemes.py, text.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check the path, or make a project there</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check the permissions</source>
            <extracomment>errors.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>check the permissions of the file and of its folder</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose 300w, or begin the project with the scheme wflw-98</source>
            <extracomment>targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose YuNet's .onnx file</source>
            <extracomment>yunet.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose a folder that you may write</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose a folder with space</source>
            <extracomment>demo.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose a folder with space that you may write to</source>
            <extracomment>atomic.py, exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose a place that can be written</source>
            <extracomment>errors.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose a preset of FASE</source>
            <extracomment>presets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose a preset of SCAF</source>
            <extracomment>presets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose a shorter name</source>
            <extracomment>errors.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose another folder</source>
            <extracomment>schema.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose another value</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose auto, or one that 'facelabel doctor' lists</source>
            <extracomment>devices.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose one of {0}, or install the package that brings it</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose the scheme that the file was made for</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose weights of the preset that is trained</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>choose {0}</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>clearly better</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>click</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>close it there, or open it here for reading only</source>
            <extracomment>lock.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>close that program, or wait until it has finished, then do it again</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>cold_start cannot be '{0}': it needs {1}, which only a model that has learned from labels gives</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>colours of kind {0} are not known</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>complete the labels, or choose another format</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>confirm group</source>
            <extracomment>session.py, work.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>confirmed in a group pass</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>convert it to JPEG or PNG</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>copy it again from its source</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>copy it again from where it came</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>copy the project to a folder that you may write, or open it for reading only</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>copy the whole project to a folder that you may write, and open it there</source>
            <extracomment>schema.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>correct it</source>
            <extracomment>pts.py, sources.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>correct the line</source>
            <extracomment>boxes.py, subsets.py, text.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>correct the line, then load it again</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>correct the line; put a path with a comma in "quotes"</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>correct the points</source>
            <extracomment>sources.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>crashed ({0})</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>disagreements under augmentation</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>disagreements with the mirror image (of a preset with decoding.flip)</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>download it again</source>
            <extracomment>matlab.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>download the file again</source>
            <extracomment>matlab.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>download the snapshot again; facelabel reads the layout that 3FabRec's authors published</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>drag</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>drawn at random</source>
            <extracomment>waiting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>drawn by hand</source>
            <extracomment>face_boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>edges: [{0}, {1}] does not join two of the landmarks 0 to {2}</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>end it with {0}</source>
            <extracomment>plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>end the drag first</source>
            <extracomment>session.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ended with code {0} and without a result</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>entropy</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>entropy scores</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>entry {0} is no box: imgName, bb_detector and bb_ground_truth are needed</source>
            <extracomment>matlab.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>error, NME in %</source>
            <extracomment>curve_plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>errors have to be finite and not negative; NaN where there is none</source>
            <extracomment>audit.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>errors of at least one face, and no NaN among them, are needed</source>
            <extracomment>ced.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>every landmark of all {0} labels is absent: there is nothing to learn</source>
            <extracomment>training.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>expected error in %</source>
            <extracomment>doubt_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>expected {:.1f} %, found {:.1f} % ({:.1f} to {:.1f}) on {:,} landmark(s)</source>
            <extracomment>doubt_card.py</extracomment>
            <translation>
                <numerusform>expected {:.1f} %, found {:.1f} % ({:.1f} to {:.1f}) on {:,} landmark</numerusform>
                <numerusform>expected {:.1f} %, found {:.1f} % ({:.1f} to {:.1f}) on {:,} landmarks</numerusform>
            </translation>
        </message>
        <message>
            <source>export --format 300w</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>export again</source>
            <extracomment>manifest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>export another format</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>export_to cannot be 'wflw': {0}</source>
            <extracomment>targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>face is</source>
            <extracomment>pacing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>face {0}</source>
            <extracomment>labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>face {0} has a label of shape {1}, the scheme {2} landmarks</source>
            <extracomment>training.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>face {0} has no label that could be gold</source>
            <extracomment>reviews.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>face {0} has no label to review</source>
            <extracomment>review.py, reviews.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>face {0} has no revision {1}</source>
            <extracomment>history.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>face {0} waits for a second label already</source>
            <extracomment>second_labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>facelabel ended while it ran</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>facelabel reads JPEG, PNG, WebP, BMP and TIFF, in subfolders too</source>
            <extracomment>importing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>facelabel reads JPEG, PNG, WebP, BMP, TIFF, PGM and PPM</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>faces and their five points by the detector</source>
            <extracomment>sources.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>faces are</source>
            <extracomment>pacing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>faces are not rendered with the scheme '{0}'</source>
            <extracomment>demo.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>faces in the order of labelling</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>faces, seconds and limits are not negative</source>
            <extracomment>budgeting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>faces: {0}; hours: {1}</source>
            <extracomment>budgeting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>feature distance</source>
            <extracomment>monitor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>first</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>five points from its list</source>
            <extracomment>sources.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>five points in one place make no face</source>
            <extracomment>sources.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>flip has to name each landmark from 0 to {0} once, it has {1} entries</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>flip sends {0} to {1}, but {2} to {3}; mirroring twice must give {4}</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>forecast, {:.0f} % band</source>
            <extracomment>curve_plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>found, 95 % interval, {:,} landmark(s) each</source>
            <extracomment>doubt_card.py</extracomment>
            <translation>
                <numerusform>found, 95 % interval, {:,} landmark each</numerusform>
                <numerusform>found, 95 % interval, {:,} landmarks each</numerusform>
            </translation>
        </message>
        <message>
            <source>found, in %</source>
            <extracomment>doubt_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>free or change the disk</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>free some space, or do not copy photos</source>
            <extracomment>importing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>from {}</source>
            <extracomment>history_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>generator and encoder pretrained to draw faces</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>get the file again; docs/weights.md says which layouts are read</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>give both</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>give budget, hours, or both</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>give one line a face</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>give the folder that holds {0}</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>gold</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>group confirmed</source>
            <extracomment>queue_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>has near-duplicates</source>
            <extracomment>face_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>hold the cursor over it</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>holdout = 1</source>
            <extracomment>tables.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>holds files that no export wrote</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>how far a face stands for others, in median distances of two faces</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>if the next round agrees, stopping will be suggested</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>import a box around it first (--boxes), then the labels again</source>
            <extracomment>importing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>import it into a project with --scheme wflw-98</source>
            <extracomment>labelled.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>import it without a scheme</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>import more photos, or find faces in them</source>
            <extracomment>batches.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>import photos first</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>import photos, or find faces in them</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>import the folder where it is now: photos are found by their content and linked again</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>imported</source>
            <extracomment>landmark_model.py, words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>in doubt: </source>
            <extracomment>pool.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>in its {0}, {1} is no tensor</source>
            <extracomment>torch_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>in this batch</source>
            <extracomment>pool_look.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>inner lip</source>
            <extracomment>300w-68.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>install facelabel again</source>
            <extracomment>presets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>inter-pupil, box or diagonal</source>
            <extracomment>nme.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>is a file</source>
            <extracomment>exporting.py, importing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>is a file, not a folder</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>is a file, not a project folder</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>is no facelabel project: it has no {0}</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>is refused on this machine</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>it cannot be written</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>it has '{0}'</source>
            <extracomment>snapshots.py, snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>it has no {0}</source>
            <extracomment>registry.py, torch_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>it has none</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>it holds other things than tensors, such as code, which is never run</source>
            <extracomment>torch_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>it is damaged or cut short</source>
            <extracomment>torch_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>it is open elsewhere: {0}</source>
            <extracomment>lock.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>it is open in another program</source>
            <extracomment>lock.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its choose cannot be called</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its landmarks stand at a single place, which makes no face box</source>
            <extracomment>importing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its last changes are in the write-ahead log, which cannot be read in a read-only folder</source>
            <extracomment>schema.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its latent_avg is {0}, not ({1},) or (n, {2})</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its log ends: {0}</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its needs are no tuple of names</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its parameters are no mapping of names to Parameter</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its state_dict has no decoder</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its tables are of version {0} and can be read once they are brought to {1}</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its tables are of version {0}, this facelabel {1} knows them up to version {2}</source>
            <extracomment>schema.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its tables could not be brought from version {0} to {1}, and are as they were: {2}</source>
            <extracomment>schema.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its {0} is no text</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>jaw</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>job {0} ({1}) is running</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>job {0} is {1}</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>k-center greedy</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>k-center without outliers</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>label a first batch and train on it</source>
            <extracomment>orders.py, training.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>label more faces</source>
            <extracomment>training.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>label more faces; audit faces only measure, and one without a present landmark teaches nothing</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>label some faces first</source>
            <extracomment>training.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>label some, or export predictions too</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>label, skip or reject them first</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>labelled</source>
            <extracomment>face_model.py, pool_look.py, queue_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>labelled a second time, blindly</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>labelled faces</source>
            <extracomment>curve_plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>labelled twice</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>labelled {} times</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>labels (V,) and errors (V, F) are needed, not {0} and {1}</source>
            <extracomment>audit.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>labels have to be finite and not negative</source>
            <extracomment>audit.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>landmark {0}</source>
            <extracomment>pool.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>landmark {0} is {1} at {2}</source>
            <extracomment>labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>landmark {0} is {1} from {2}, which is no such thing</source>
            <extracomment>labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>landmark {0} was moved by {1} pixels</source>
            <extracomment>labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>landmarks: the name '{0}' stands twice; names have to differ</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>latent critic</source>
            <extracomment>autoencoder.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>leave --convert out</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>leave --encoder out, or name a preset of FASE</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>leave --scheme out</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>leave --start out</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>leave the face out</source>
            <extracomment>pts.py, wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>left brow</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>left eye</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, face-5.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>left pupil</source>
            <extracomment>cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>longest must be at least one pixel</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>loss</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>make a project: facelabel new</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>make it smaller</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>make one with 'facelabel demo'</source>
            <extracomment>demo.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>make room in your quota, then do it again</source>
            <extracomment>errors.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>make room on it, then do the step again</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>make room on the disk, then do it again</source>
            <extracomment>errors.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>make the picture smaller</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>mark it as occluded</source>
            <extracomment>session.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>marked in Review, asked blindly</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>may take days</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>measured, 95 % interval</source>
            <extracomment>curve_plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>median of the last {}</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>middle-drag, drag beside the points</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>model</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>model version {0}</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>model v{}, trained on {} face(s)</source>
            <extracomment>status_card.py</extracomment>
            <translation>
                <numerusform>model v{}, trained on {} face</numerusform>
                <numerusform>model v{}, trained on {} faces</numerusform>
            </translation>
        </message>
        <message>
            <source>more audit face</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>mouth</source>
            <extracomment>aflw-19.toml, face-5.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>moved {:.1f}</source>
            <extracomment>landmark_model.py, landmark_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>n_points is '{0}', not a number of points</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name --batch {0}</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name --batch {0} or more, or fewer sources</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a folder of photos</source>
            <extracomment>importing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a folder of photos of faces</source>
            <extracomment>sources.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a folder that does not exist yet</source>
            <extracomment>exporting.py, project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a new folder</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a new folder for the demo</source>
            <extracomment>demo.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a new folder, or pass --overwrite</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a new folder, or the same faces and settings to go on</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a run of --objective generator, with the same preset: a generator that was imported has no critic</source>
            <extracomment>encoder.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a smaller --preset, fewer --steps, or --minutes; or say --allow-slow</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name a smaller --preset, or close other programs</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name folders of photos, or --rendered N</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name its run with --start FOLDER</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name one that is empty or does not exist yet</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name other photos</source>
            <extracomment>store.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name the file of the snapshot</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name the folder that holds the list</source>
            <extracomment>labelled.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name the preset of the file's size with --preset; published files are of the size of 'fase'</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name the scheme of the head, or import without one</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name weights by --start</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>name.pts beside name.jpg: counted as human labels.</source>
            <extracomment>new_project_pages.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nameList or ra does not fit the {0} faces of data</source>
            <extracomment>matlab.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>names start at {0}</source>
            <extracomment>labelled.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nearest faces that tell how typical a face is</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>never suggest it</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no</source>
            <extracomment>attribute_chips.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no MATLAB file that can be read: {0}</source>
            <extracomment>matlab.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no WFLW list (*.txt) in this folder</source>
            <extracomment>labelled.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no boxes in this file</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no drag is on</source>
            <extracomment>session.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no face is labelled yet</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no face is left to choose from</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no face is left to label</source>
            <extracomment>batches.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no face was found here</source>
            <extracomment>sources.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no key</source>
            <extracomment>keys_overlay.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no kind of figure that can be drawn</source>
            <extracomment>plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no limit</source>
            <extracomment>captions.py, settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no manifest of an export: {0}</source>
            <extracomment>manifest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no model knows the project's scheme yet</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no model yet</source>
            <extracomment>desk_status.py, status_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no photos in this folder</source>
            <extracomment>importing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no points between the braces</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no reason given</source>
            <extracomment>choosing.py, history.py, registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no round is measured</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no such folder</source>
            <extracomment>importing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no suggestions</source>
            <extracomment>session.py, work.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no tensor</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no weights of ours: trains from scratch</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nobody has given the second label {0} yet</source>
            <extracomment>second_labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nobody yet</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none of the faces can be read{0}</source>
            <extracomment>store.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none of the {0} labelled faces can be read{1}</source>
            <extracomment>training.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none of them labelled or asked for</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>normalise by another distance, or leave those faces out</source>
            <extracomment>nme.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>normalise by {0}</source>
            <extracomment>nme.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nose</source>
            <extracomment>aflw-19.toml, cofw-29.toml, face-5.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nose base</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nose bridge</source>
            <extracomment>300w-68.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not UTF-8 text</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not a JSON list</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not a card of pretrained weights: {0}</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not a model card: {0}</source>
            <extracomment>checkpoints.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not a text file</source>
            <extracomment>text.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not an object with keys and values</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not asked</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not calibrated yet: {0} of {1} audit face</source>
            <extracomment>calibration.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not calibrated yet: {0} of {1} audit faces</source>
            <extracomment>calibration.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not enough memory</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not set</source>
            <extracomment>attribute_chips.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not there any more: {}</source>
            <extracomment>start_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not valid JSON: {0}</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not valid TOML: {0}</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not weights of preset '{0}': {1}</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not {0}: {1}</source>
            <extracomment>torch_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nothing can be written: {0} left out, the first because {1}</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nothing found</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nothing is known of the face yet</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>numbers by the names of the strategy's own parameters</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>occluded</source>
            <extracomment>landmark_model.py, landmark_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>of its tensors {0} {1} missing: {2}</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>of the distance between the eyes</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>of the face's size</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>of the weights, {0} is missing</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>of the {0} that a batch asks for, only {1} can be had</source>
            <extracomment>batches.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>of your own, {}</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>one face</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>one face of a burst in a batch</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>one of {0}</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>one of {0} near-duplicate images, the others wait</source>
            <extracomment>near_duplicates.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>only an earlier export can be replaced: name another folder</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>only wflw-98 can be converted, to the 68 points of 300-W</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>open</source>
            <extracomment>face_model.py, pool_look.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>open faces</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>open faces; they are not asked for in this order</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>open it</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>open it for reading only, or copy it to a folder that you may write</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>open it for writing to change it</source>
            <extracomment>database.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>open it once for writing; a backup is made first</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>or none</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>out of memory</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>outer lip</source>
            <extracomment>300w-68.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>paired errors have to be of the same faces, not {0} and {1}</source>
            <extracomment>paired.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>pass --photos to copy photos under names without</source>
            <extracomment>export_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>photo cannot be read</source>
            <extracomment>face_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>picture critic</source>
            <extracomment>autoencoder.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>pip install --force-reinstall "mtcnn==1.0.0"</source>
            <extracomment>mtcnn.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>predicted by v{}</source>
            <extracomment>desk_status.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>predicted seconds</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>predicted shapes</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>predictions of a second model</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>pretrain or import the weights again, or choose others</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>pretrained as an auto-encoder</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>pretrained on landmarks</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>pretraining '{0}' in batches of {1} needs about {2} of memory; {3} has {4} free</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>pretraining '{0}' needs a GPU with about {1}; this machine has 0, and its processor would take about {2}</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>put '{' on a line of its own before the first point</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>put back your own copy of the project, or the newest file of its backups folder</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>put it under {0}, or beside the list</source>
            <extracomment>labelled.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>raise the budget to go on</source>
            <extracomment>batches.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>rejected</source>
            <extracomment>face_model.py, queue_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>remove it to begin again, or name a new folder</source>
            <extracomment>steps.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>rename the image</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>report this with the backup {0}; the facelabel that wrote the project still opens it</source>
            <extracomment>schema.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>restore a backup of it</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>restore a backup of the project</source>
            <extracomment>desk.py, second.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>restore it from its source</source>
            <extracomment>pts.py, text.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>restore the file from its source</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>restored from revision {0}</source>
            <extracomment>history.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>review the new label</source>
            <extracomment>reviews.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>right brow</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>right click</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>right eye</source>
            <extracomment>300w-68.toml, aflw-19.toml, cofw-29.toml, face-5.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>right of the dashed line: {:,} set aside</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>right pupil</source>
            <extracomment>cofw-29.toml, wflw-98.toml</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>run 'facelabel doctor'</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>run the job again</source>
            <extracomment>ingest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>s are</source>
            <extracomment>exporting.py, orders.py, standing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>save it as RGB</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>save it with 8 or 16 bits</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>say --unset-attributes zero to write 0, or --unset-attributes leave-out</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>say in a few words what is to be put right</source>
            <extracomment>reviews.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>score again</source>
            <extracomment>ingest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>score {}</source>
            <extracomment>desk_status.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>scratch</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>second</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>seconds a face</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>seconds, corrections and authors have to be of the same faces</source>
            <extracomment>pacing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>see docs/formats.md, 'Scheme files'</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>see log.txt there</source>
            <extracomment>oracle.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>sent back</source>
            <extracomment>review.py, review_list.py, reviews.py, words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>sent back by {0}: {1}</source>
            <extracomment>waiting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>set aside</source>
            <extracomment>pool_look.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>set each of them, and no other</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>shapes are {0}, not (N, {1}, 2)</source>
            <extracomment>ingest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>shapes have to be (N, L, 2), not {0}</source>
            <extracomment>nme.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>share of faces</source>
            <extracomment>plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>share of the faces farthest from any other that is left out</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>share of the highest scores that is left out as likely outliers</source>
            <extracomment>rankings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>share of the rest that counts as uncertain</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>skipped</source>
            <extracomment>face_model.py, queue_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>spread over the photos</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>start a new one</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>start it anew</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>starts from {0}</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>state dict</source>
            <extracomment>torch_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>style.{0} is {1}, not {2}</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>suggest it when more labels bring little</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>suggested</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>taken back</source>
            <extracomment>review.py, reviews.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>template</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>template has no width or no height; give the points of a face seen from the front</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>template has {0} points for {1} landmarks</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>that are not open faces of the pool</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the Feature-Style encoder; its authors' files are for evaluation only</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the authors' GPU</source>
            <extracomment>snapshots.py, snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the auto-encoder of 3FabRec</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the band is ±{0} % wide</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the batch of round {0} is labelled and waits for its training</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the budget is spent</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the budget is used up</source>
            <extracomment>budgeting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the budget of {0} is spent</source>
            <extracomment>batches.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the cache is full</source>
            <extracomment>crop_cache.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the card counts {0} landmarks, its scheme {1}</source>
            <extracomment>checkpoints.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the card lists heads for {0}, the weights have {1}</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the database cannot be read</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the database is damaged</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the database says nothing about its project</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the demo cannot be written: {0}</source>
            <extracomment>demo.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the demo was not built</source>
            <extracomment>demo.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the detections cannot be read: {0}</source>
            <extracomment>ingest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the detector: no face</source>
            <extracomment>images_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the device '{0}' cannot be used here</source>
            <extracomment>devices.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk is full</source>
            <extracomment>crop_cache.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk is full; nothing of this step was saved</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk reported an error; nothing of this step was saved</source>
            <extracomment>failures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the distance to which nearest face tells how lonely one is</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the draft has {0} landmarks, the scheme has {1}</source>
            <extracomment>session.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the draft of face {0} cannot be read: {1}</source>
            <extracomment>desk.py, second.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the face detector's weights are not installed</source>
            <extracomment>mtcnn.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the face least like any labelled one</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the face least like any labelled one, after the {0} % loneliest were set aside</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the face that stands for most faces that no other one stands for</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the face was labelled again since</source>
            <extracomment>reviews.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the face's box</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the faces cannot be kept: {0}</source>
            <extracomment>store.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the features hold a value that is not finite, or too large to square</source>
            <extracomment>kcenter.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the file cannot be read: {0}</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the file is empty</source>
            <extracomment>decode.py, pts.py, text.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the file may be cut: restore it, or end it with '}'</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the file was cut or edited: restore it</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the folder cannot be read: {0}</source>
            <extracomment>find.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the folder is not empty</source>
            <extracomment>demo.py, exporting.py, project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the generator draws {0} pixels, and preset '{1}' needs its layers up to {2}</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the generator has latent vectors of {0} numbers, and preset '{1}' of {2}</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the generator has no latent_avg, nor the mapping network to compute it from: {0}</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the generator is damaged or cut short</source>
            <extracomment>encoder.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the head for '{0}' is {1}, not ({2}, landmarks, {3})</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the header lacks {0}</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the header names no column 'image'</source>
            <extracomment>subsets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the heatmaps are of {0} landmarks, the project has {1}</source>
            <extracomment>heatmaps.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the heatmaps cannot be read: {0}</source>
            <extracomment>heatmaps.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the id '{0}' is taken</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the installed strategy '{0}' ({1}) cannot be used: {2}</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the iresnet50 of ArcFace; its authors' files are for non-commercial research</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the job cannot be read again: {0}</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the job cannot be written: {0}</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the job has a result but no model</source>
            <extracomment>ingest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the job was stopped</source>
            <extracomment>oracle.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the job's result cannot be read: {0}</source>
            <extracomment>ingest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the job's {0} cannot be read: {1}</source>
            <extracomment>ingest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the labels behind the landmark head for {0}</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the landmark head is {0}, but scheme '{1}' has {2} landmarks</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the landmarks of a shape coincide</source>
            <extracomment>align.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the last model</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the last round came out at {0} where the rounds before let expect {1}</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the line has to end with the path</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the line is cut, or its image path has a blank in it</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the line with the closing brace '}' is missing</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the line with the opening brace '{' is missing</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the loss of training is no longer a number at step {0}</source>
            <extracomment>training.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the memory was not enough</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the migration would leave {0} rows without the row they belong to</source>
            <extracomment>schema.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the model cannot be read: {0}</source>
            <extracomment>checkpoints.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the model cannot be written: {0}</source>
            <extracomment>checkpoints.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the model has {0} landmarks, the project {1}</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the model has {0} landmarks, the scheme '{1}' has {2}</source>
            <extracomment>checkpoints.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the model is of preset '{0}', not of '{1}'</source>
            <extracomment>checkpoints.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the model's own</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the most typical</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the most typical left of {0} like face, {1}</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the most typical left of {0} like faces, {1}</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the only face is</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the parameter '{0}' of the strategy '{1}' cannot be {2}</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the photo</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the photo '{0}' is not there</source>
            <extracomment>labelled.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the photo is not there any more</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the photo is not there any more (find it again: choose the folder where it is now)</source>
            <extracomment>mending.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the picture is damaged or cut short: {0}</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the points of a shape coincide</source>
            <extracomment>prior.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the pool has no {0}</source>
            <extracomment>pool.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the pool has {0} faces, but {1} rows of {2}</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the preset '{0}' cannot be changed: {1}: {2}</source>
            <extracomment>presets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the preset cannot be read: {0}</source>
            <extracomment>presets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the pretrained weights</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the pretrained weights know nothing of the scheme '{0}'</source>
            <extracomment>training.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the pretrained weights of preset '{0}' do not fit the network: {1}</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the project cannot be written</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the project has no such model version</source>
            <extracomment>ingest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the project lies on a network drive ({0}): nobody else can open it while it is open here, not even to read, and saving is slower than on a disk of this computer</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the project was brought from table version {0} to {1}; a backup is in backups/{2}</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the project was opened for reading only</source>
            <extracomment>database.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the rest of the budget {0} %</source>
            <extracomment>stopping.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the same seed draws the same batches</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the scheme has {0} landmarks, the label {1}</source>
            <extracomment>labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the scheme {0} has no {1} distance</source>
            <extracomment>nme.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the second label, by {0}</source>
            <extracomment>history.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the share to discard has to be at least 0 and below 1, it is {0}</source>
            <extracomment>selection.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the simulated annotator sees no face</source>
            <extracomment>oracle.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the snapshot is an auto-encoder without a landmark head</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the source landmarks coincide</source>
            <extracomment>align.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the state of this run is damaged</source>
            <extracomment>steps.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the stored setting {0} cannot be {1}, {2} is used</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the stored setting {0} is not known here and is left out</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the strategy '{0}'</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the strategy '{0}' cannot be used: {1}</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the strategy '{0}' has no parameter '{1}'</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the system refuses: {0}</source>
            <extracomment>errors.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the threshold has to be above 0</source>
            <extracomment>ced.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the tight box of the landmarks, rounded outwards to whole pixels</source>
            <extracomment>export_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the weights are damaged or cut short</source>
            <extracomment>checkpoints.py, pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the weights are in pieces of more than one set</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the weights cannot be read: {0}</source>
            <extracomment>mtcnn.py, weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the weights cannot be written: {0}</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the weights do not fit preset '{0}' with {1} landmarks: {2} is {3}, not {4}</source>
            <extracomment>checkpoints.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the window's side has to be odd to have a centre, it is {0}</source>
            <extracomment>nnm.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the worker cannot be started: {0}</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the worker {0}</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the {0} job {1} had finished when facelabel ended; its result was taken in: {2}</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the {0} job {1} was interrupted: {2}</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the {0} scores of all faces are equal, and order none before another</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there are no pretrained weights here: {0}: {1}</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there are {0} snapshots here</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is a project in this folder already</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no '{0}' in it</source>
            <extracomment>matlab.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no acquisition strategy '{0}'{1}</source>
            <extracomment>registry.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no campaign setting '{0}'</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no face to score</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no face {0} in this project</source>
            <extracomment>faces.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no image {0} in this project</source>
            <extracomment>images.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no model preset '{0}'</source>
            <extracomment>presets.py, settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no model to score with</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no model version of id {0} in this project</source>
            <extracomment>versions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no photo left to search for faces</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no round of id {0} in this project</source>
            <extracomment>rounds.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no scheme '{0}'</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no second label {0} in this project</source>
            <extracomment>second_labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no such detector file</source>
            <extracomment>yunet.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no such file</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no such folder</source>
            <extracomment>folders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no verdict of yours to take back</source>
            <extracomment>reviews.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no whole generator here, which draws faces</source>
            <extracomment>encoder.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is no {0} here</source>
            <extracomment>snapshots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is not enough memory for this picture</source>
            <extracomment>decode.py, image_loader.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is nothing to learn from</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is text after the closing brace</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>these are not the weights of mtcnn 1.0.0</source>
            <extracomment>mtcnn.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>they come back with the next training</source>
            <extracomment>heatmaps.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this GPU</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this facelabel {0} does not accept its scheme: {1}</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this folder cannot be used: {0}</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this generator is not the preset's</source>
            <extracomment>encoder.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this is an HEIC or AVIF photo</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this is for FASE, and the preset '{0}' is not</source>
            <extracomment>presets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this is for SCAF, and the preset '{0}' is not</source>
            <extracomment>presets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this is not a picture that can be read</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this is not the database of a facelabel project</source>
            <extracomment>schema.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this line does not hold image, x0, y0 … x4, y4</source>
            <extracomment>sources.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this machine</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this project has no truth to answer from</source>
            <extracomment>demo.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this should not happen: report it</source>
            <extracomment>labels.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>those in doubt, once a model has learned; the rest of a face stays the model's, is not taught, and is only exported on request. Audit faces are asked for whole.</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>three complete labelled shapes</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>time shown after a round</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>to review</source>
            <extracomment>review.py, review_list.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>too early to tell how long: {0}</source>
            <extracomment>pacing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train a model in this project</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train again</source>
            <extracomment>ingest.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train again with another seed</source>
            <extracomment>training.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train first</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train from scratch</source>
            <extracomment>checkpoints.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train one first</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train the model again, or choose another version</source>
            <extracomment>checkpoints.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>training</source>
            <extracomment>rounds_table.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>training '{0}' needs a GPU with about {1}; this machine has 0, and its processor would take about {2}</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>training '{0}' needs {1} of memory at least; {2} has {3} free</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>training steps</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>update facelabel: pip install --upgrade facelabel</source>
            <extracomment>schema.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>use a YuNet file of fixed input size</source>
            <extracomment>yunet.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>use a generator for pictures of {0} pixels or more</source>
            <extracomment>snapshots_fase.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>use facelabel {0}, which made the project</source>
            <extracomment>project.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>use one of {0}</source>
            <extracomment>presets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>use one of {0}, or the path of a .toml file</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>use {0}</source>
            <extracomment>demo.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>use {0}, or close other programs</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>use {0}, or say --allow-slow (in a campaign: slow_training=allow)</source>
            <extracomment>room.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>version: 1
n_points: {0}
{
{1}}
</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>visible</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>wait for its end, or cancel it</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>was interrupted</source>
            <extracomment>standing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>was it moved? point the project to its folder</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>was killed, perhaps for want of memory</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>weights have to be 0 or more</source>
            <extracomment>align.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>weights {0}</source>
            <extracomment>worker.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>what the scheme is for</source>
            <extracomment>captions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>wheel</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>wheel, drag</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>which landmarks are in doubt could not be told: {0}: {1}</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>while a model trains</source>
            <extracomment>settings_form.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>while a model trains: {}, time for {} face(s)</source>
            <extracomment>settings_form.py</extracomment>
            <translation>
                <numerusform>while a model trains: {}, time for {} face</numerusform>
                <numerusform>while a model trains: {}, time for {} faces</numerusform>
            </translation>
        </message>
        <message>
            <source>with the wheel</source>
            <extracomment>actions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>without a word</source>
            <extracomment>workspace.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>write [{"image": …, "left": …}, …]</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>write it as 'name: value'</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>write two numbers with a blank between them</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>writing() inside another session of this thread: end that one first</source>
            <extracomment>database.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>yes</source>
            <extracomment>attribute_chips.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} (CUDA)</source>
            <extracomment>devices.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} (close other programs, or use a smaller model)</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} GB</source>
            <extracomment>costs.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} answered with {1} values, not with rows of the pool</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} are absent</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} boxes for {1} shapes</source>
            <extracomment>nme.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} cannot be '{1}': {2}</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} cannot be read: {1}</source>
            <extracomment>torch_files.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} cannot be {1}: {2}</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} cannot be {1}: {2}{3}</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} cannot hold absent landmarks: faces that have one will be left out of the export</source>
            <extracomment>targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} face</source>
            <extracomment>batches.py, budgeting.py, exporting.py, loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} face is timed, {1} are needed</source>
            <extracomment>pacing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} faces</source>
            <extracomment>batches.py, budgeting.py, choosing.py, exporting.py, loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} faces are timed, {1} are needed</source>
            <extracomment>pacing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} faces drawn by facelabel, landmarks exact, scheme {1}</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} faces have {1} scores</source>
            <extracomment>rankings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} faces of a project, scheme {1}</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} faces of {1}, {2}</source>
            <extracomment>sources.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} failed: {1}: {2}</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} has no absent landmarks</source>
            <extracomment>session.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} has values that are no number</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} hold no face attributes: {1} will stay in the project</source>
            <extracomment>targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} hold whole faces: those labelled in part will be left out of the export, unless it may have the model's landmarks</source>
            <extracomment>targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} hours</source>
            <extracomment>batches.py, budgeting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} in the rectangle</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} is '{1}'</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} is absent</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} is no pixel coordinate</source>
            <extracomment>text.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} is {1}, not {2}</source>
            <extracomment>matlab.py, weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} labelled face is too few to train on, at least {1} are needed</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} labelled face is too few to train on: the next batch can be drawn.</source>
            <extracomment>standing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} labelled faces are too few to train on, at least {1} are needed</source>
            <extracomment>orders.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} labelled faces are too few to train on: the next batch can be drawn.</source>
            <extracomment>standing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} labelled it again, {1} % {2} apart.</source>
            <extracomment>suspicions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} labelled, {1} are needed</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} labels take about {1} on this machine's processor</source>
            <extracomment>costs.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} landmark is absent, which the format cannot hold</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} landmark is the model's, confirmed by nobody</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} landmarks are absent, which a WFLW list cannot hold</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} landmarks are absent, which the format cannot hold</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} landmarks are the model's, confirmed by nobody</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} landmarks of the template, {1} of flip, labels {2}</source>
            <extracomment>prior.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} landmarks, a WFLW list holds {1}</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} left</source>
            <extracomment>budgeting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} lie{1} unlike on other faces</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} measured, {1} are needed</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} million parameters, {1} to train</source>
            <extracomment>costs.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} min</source>
            <extracomment>pacing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} names landmarks outside 0 to {1}, or none</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} near-duplicates of other faces of the batch come along: nothing else is left</source>
            <extracomment>near_duplicates.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} needs {1}, and no open face has them as finite numbers</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} needs {1}, which there are not yet</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of them labelled or asked for</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1}</source>
            <extracomment>budgeting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} face labelled in part: {2} of {3} landmarks confirmed</source>
            <extracomment>partial.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} face of the batch are open</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} face of the batch is open</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} face with attributes that nobody set</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} faces have no {2} distance: a landmark is absent, or its ends coincide</source>
            <extracomment>nme.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} faces labelled in part: {2} of {3} landmarks confirmed</source>
            <extracomment>partial.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} faces of the batch are open</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} faces of the batch is open</source>
            <extracomment>loop.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} faces with attributes that nobody set</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} hours</source>
            <extracomment>budgeting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} labelled in part: left out, unless the model's landmarks may stand where nobody confirmed any.</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} landmarks are absent, which .pts cannot hold</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} like face among the {2} % most uncertain</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} like faces among the {2} % most uncertain</source>
            <extracomment>varied.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} with absent landmarks, which this format cannot hold: left out.</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} of {1} with face attributes that nobody set: leave them out, or write 0?</source>
            <extracomment>exporting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} on {1}, process {2}, since {3}</source>
            <extracomment>lock.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} outside {1}: {2}.</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} point</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} points</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} points lie</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} returned {1}</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} seconds</source>
            <extracomment>costs.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} source landmarks, {1} target landmarks and {2} weights do not go together</source>
            <extracomment>align.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} spent</source>
            <extracomment>budgeting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} to {1}{2}</source>
            <extracomment>settings.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} took {1} s, and usually takes {2} s.</source>
            <extracomment>judging.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} unlabelled faces of projects</source>
            <extracomment>run.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} usable of {1}</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} value, a point has x and y</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} values</source>
            <extracomment>subsets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} values, a face has {1} (or {2} without rectangle and attributes)</source>
            <extracomment>wflw.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} values, a point has x and y</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} values, the header has {1}</source>
            <extracomment>boxes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} want {1} attributes of every face: set them as you label</source>
            <extracomment>targets.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} x {1} pixels are more than {2} megapixels</source>
            <extracomment>decode.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0} {1}, not {2}</source>
            <extracomment>weights.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, but n_points says {1}</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, its defaults are used</source>
            <extracomment>picking.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, line {1}</source>
            <extracomment>errors.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, the scheme has {1}</source>
            <extracomment>pts.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}, who was asked for a second label, refused the face: {1}.</source>
            <extracomment>suspicions.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}. Trying once more with half as many faces at a time</source>
            <extracomment>supervisor.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: AUC {1}, failures {2} %</source>
            <extracomment>plot.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: its two ends are not mirror images under flip</source>
            <extracomment>schemes.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: set aside as a likely outlier, asked because nothing else is left</source>
            <extracomment>pool.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: too wide to tell: {1}</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: {1} (facelabel {2}, {3})</source>
            <extracomment>pretrained.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}: {1} of {2}</source>
            <extracomment>pool.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}; about {1} would narrow it enough</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}; another round will tell more</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}; one audit face alone makes up {1} % of the error: look at its label</source>
            <extracomment>forecasting.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}; {1} of {2} face{3} chosen otherwise ({4})</source>
            <extracomment>choosing.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{0}; {1}: made for a GPU</source>
            <extracomment>costs.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>{:,} duplicate(s)</source>
            <extracomment>import_dialog.py</extracomment>
            <translation>
                <numerusform>{:,} duplicate</numerusform>
                <numerusform>{:,} duplicates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} face(s)</source>
            <extracomment>filter_bar.py, import_dialog.py</extracomment>
            <translation>
                <numerusform>{:,} face</numerusform>
                <numerusform>{:,} faces</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} face(s) by {}</source>
            <extracomment>settings_page.py</extracomment>
            <translation>
                <numerusform>{:,} face by {}</numerusform>
                <numerusform>{:,} faces by {}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} face(s) chosen</source>
            <extracomment>faces_page.py</extracomment>
            <translation>
                <numerusform>{:,} face chosen</numerusform>
                <numerusform>{:,} faces chosen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} face(s) labelled · {:,} still open · {}</source>
            <extracomment>status_card.py</extracomment>
            <translation>
                <numerusform>{:,} face labelled · {:,} still open · {}</numerusform>
                <numerusform>{:,} faces labelled · {:,} still open · {}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} face(s) open again.</source>
            <extracomment>screen.py</extracomment>
            <translation>
                <numerusform>{:,} face open again.</numerusform>
                <numerusform>{:,} faces open again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} face(s) rejected.</source>
            <extracomment>screen.py</extracomment>
            <translation>
                <numerusform>{:,} face rejected.</numerusform>
                <numerusform>{:,} faces rejected.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} face(s) skipped.</source>
            <extracomment>screen.py</extracomment>
            <translation>
                <numerusform>{:,} face skipped.</numerusform>
                <numerusform>{:,} faces skipped.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} face(s) to label. Go to Label: the first batch is drawn for you.</source>
            <extracomment>words.py</extracomment>
            <translation>
                <numerusform>{:,} face to label. Go to Label: the first batch is drawn for you.</numerusform>
                <numerusform>{:,} faces to label. Go to Label: the first batch is drawn for you.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} label(s)</source>
            <extracomment>import_dialog.py</extracomment>
            <translation>
                <numerusform>{:,} label</numerusform>
                <numerusform>{:,} labels</numerusform>
            </translation>
        </message>
        <message>
            <source>{:,} of {:,} began with the same prediction both times, so that they agree more.</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>{:,} of {:,} label(s). {:,} with a finding, {:,} accepted.</source>
            <extracomment>list_panel.py</extracomment>
            <translation>
                <numerusform>{:,} of {:,} label. {:,} with a finding, {:,} accepted.</numerusform>
                <numerusform>{:,} of {:,} labels. {:,} with a finding, {:,} accepted.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} photo(s)</source>
            <extracomment>import_dialog.py</extracomment>
            <translation>
                <numerusform>{:,} photo</numerusform>
                <numerusform>{:,} photos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{:,} photo(s) looked at: {:,} can be used again, {:,} cannot be used.</source>
            <extracomment>screen.py</extracomment>
            <translation>
                <numerusform>{:,} photo looked at: {:,} can be used again, {:,} cannot be used.</numerusform>
                <numerusform>{:,} photos looked at: {:,} can be used again, {:,} cannot be used.</numerusform>
            </translation>
        </message>
        <message>
            <source>{:.0f} % faster than at the start</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{:.0f} % slower than at the start</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{:.0f} ms</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{:.0f} px</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{:.0f} s</source>
            <extracomment>words.py, work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{:.1f} h</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{:.1f} million</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{:.1f} px</source>
            <extracomment>landmark_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>{group}: {n} point(s) along the stroke.</source>
            <extracomment>contour_gestures.py</extracomment>
            <translation>
                <numerusform>{group}: {n} point along the stroke.</numerusform>
                <numerusform>{group}: {n} points along the stroke.</numerusform>
            </translation>
        </message>
        <message>
            <source>{n}  {name}</source>
            <extracomment>guide.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} (higher: the model is less sure)</source>
            <extracomment>plots.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} ({}–{} s).</source>
            <extracomment>costs_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>{} a round: {:,} of {:,} open face(s)</source>
            <extracomment>settings_form.py</extracomment>
            <translation>
                <numerusform>{} a round: {:,} of {:,} open face</numerusform>
                <numerusform>{} a round: {:,} of {:,} open faces</numerusform>
            </translation>
        </message>
        <message>
            <source>{} accepts the face and opens the next. {} asks later, {} refuses what is no face.</source>
            <extracomment>tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} accepts the face.</source>
            <extracomment>gestures.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} again accepts that.</source>
            <extracomment>desk_commands.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} and gold faces</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} and the same again</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} and {}</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} at random for the audit</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} belongs to the menus: {}.</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} by “{}”</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} clicks, {} drags, {} key edits</source>
            <extracomment>work_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} does that already.</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>{} face(s) left out; manifest.json says why.</source>
            <extracomment>export_dialog.py</extracomment>
            <translation>
                <numerusform>{} face left out; manifest.json says why.</numerusform>
                <numerusform>{} faces left out; manifest.json says why.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{} face(s) written.</source>
            <extracomment>export_dialog.py</extracomment>
            <translation>
                <numerusform>{} face written.</numerusform>
                <numerusform>{} faces written.</numerusform>
            </translation>
        </message>
        <message>
            <source>{} found at a new place</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} is free.</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} is more accurate than {}.</source>
            <extracomment>compare_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} is not empty: name a new folder.</source>
            <extracomment>new_project_plan.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} is used by: {}.</source>
            <extracomment>keys_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} known already</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} labelled this face too, without seeing the first label: {:.1f} % apart.</source>
            <extracomment>details.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>{} landmark(s) asked for</source>
            <extracomment>desk_status.py</extracomment>
            <translation>
                <numerusform>{} landmark asked for</numerusform>
                <numerusform>{} landmarks asked for</numerusform>
            </translation>
        </message>
        <message>
            <source>{} left to label</source>
            <extracomment>queue_list.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} lets the group stand and goes on.</source>
            <extracomment>group_bar.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} min</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} not saved</source>
            <extracomment>desk_status.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} of {}</source>
            <extracomment>task_dialog.py, tour.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>{} of {} face(s)</source>
            <extracomment>group_bar.py</extracomment>
            <translation>
                <numerusform>{} of {} face</numerusform>
                <numerusform>{} of {} faces</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{} of {} face(s) labelled. Next: when the batch is full, training starts by itself.</source>
            <extracomment>words.py</extracomment>
            <translation>
                <numerusform>{} of {} face labelled. Next: when the batch is full, training starts by itself.</numerusform>
                <numerusform>{} of {} faces labelled. Next: when the batch is full, training starts by itself.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{} of {} point(s) by hand</source>
            <extracomment>words.py</extracomment>
            <translation>
                <numerusform>{} of {} point by hand</numerusform>
                <numerusform>{} of {} points by hand</numerusform>
            </translation>
        </message>
        <message>
            <source>{} principal component, {:.0f} % of the variance</source>
            <extracomment>pool_map.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} px</source>
            <extracomment>face_model.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} refused</source>
            <extracomment>import_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} s</source>
            <extracomment>words.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} served ahead while the model trained</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} takes it back.</source>
            <extracomment>review_screen.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{} · audit</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{}, ICC {}</source>
            <extracomment>agreement_card.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{}, about {} left</source>
            <extracomment>task_dialog.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{}, line {}</source>
            <extracomment>problems.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>{}: {:.1f} % apart on {:,} face(s), spread {}</source>
            <extracomment>agreement_card.py</extracomment>
            <translation>
                <numerusform>{}: {:.1f} % apart on {:,} face, spread {}</numerusform>
                <numerusform>{}: {:.1f} % apart on {:,} faces, spread {}</numerusform>
            </translation>
        </message>
        <message>
            <source>» ahead</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“{}” is confirmed on every face. Next: “{}”.</source>
            <extracomment>group_pass.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>↷ skipped</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>✓ labelled</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>✕ rejected</source>
            <extracomment>pool_page.py</extracomment>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
